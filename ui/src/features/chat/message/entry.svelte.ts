// One message of the open conversation, as far as it is known: nothing yet, read, or being written.
import type { MessageView } from '../../../bindings/MessageView'
import type { Live } from './live.svelte'

export class Entry {
  view = $state.raw<MessageView | null>(null)
  live = $state.raw<Live | null>(null)

  /** What is shown now. */
  readonly blocks: readonly string[] = $derived(this.live?.blocks ?? this.view?.blocks ?? [])
  readonly thoughts: readonly string[] = $derived(this.live?.thoughts ?? this.view?.thoughtBlocks ?? [])
}
