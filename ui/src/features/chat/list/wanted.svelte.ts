// The dialog of the list that is open, if any.
import type { Folder } from '../../../bindings/Folder'

export type Wanted =
  | { kind: 'move'; ids: string[] }
  /** A new folder, and what goes into it at once. */
  | { kind: 'make'; ids: string[] }
  | { kind: 'rename'; folder: Folder }

class Wishes {
  now = $state.raw<Wanted | null>(null)
}

export const wishes = new Wishes()
