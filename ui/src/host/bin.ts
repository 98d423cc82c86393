// The recycle bin as the host offers it.
import type { Binned } from '../bindings/Binned'
import type { BinRow } from '../bindings/BinRow'

export interface BinHost {
  /** A page of what was deleted, the last first, from a place in the list on. */
  list(from: number): Promise<BinRow[]>
  restore(what: Binned): Promise<void>
  /** Empties it now: the one thing that cannot be undone. */
  empty(): Promise<void>
}
