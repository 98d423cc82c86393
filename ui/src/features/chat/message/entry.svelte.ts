// One message of the open conversation, as far as it is known: nothing yet, read, or being written.
import type { CallView } from '../../../bindings/CallView'
import type { MessageView } from '../../../bindings/MessageView'
import type { StepView } from '../../../bindings/StepView'
import type { Live } from './live.svelte'

export class Entry {
  view = $state.raw<MessageView | null>(null)
  live = $state.raw<Live | null>(null)

  /** What is shown now. */
  readonly blocks: readonly string[] = $derived(this.live?.blocks ?? this.view?.blocks ?? [])
  readonly steps: readonly StepView[] = $derived(this.live?.steps ?? this.view?.steps ?? [])
  /** Calls that wait for the person. */
  readonly asked: readonly CallView[] = $derived(
    this.steps.flatMap(({ calls }) => calls).filter(({ state }) => state === 'asking'),
  )
  readonly thoughts: readonly string[] = $derived(this.live?.thoughts ?? this.view?.thoughtBlocks ?? [])
}
