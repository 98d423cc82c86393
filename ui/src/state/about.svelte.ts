// Facts about this Medley, and what the engine had ready for the first screen.
import type { About } from '../bindings/About'
import type { ConversationRow } from '../bindings/ConversationRow'
import type { Start } from '../bindings/Start'
import { host } from '../host'

class AboutState {
  #value = $state.raw<About>()
  /** The first page of conversations, as it was at the start. */
  conversations: readonly ConversationRow[] = []
  /** What was being typed for a new conversation. */
  draft = ''

  get value(): About | undefined {
    return this.#value
  }

  get demo(): boolean {
    return this.#value?.demo ?? false
  }

  fill({ about, conversations, draft }: Start) {
    this.#value = about
    this.conversations = conversations
    this.draft = draft
  }

  /** Counts and sizes as they are now. */
  async refresh() {
    this.#value = await host.about()
  }
}

export const about = new AboutState()
