// Whom questions go to while several models are asked at once: kept with the conversation, or with what a new one will begin
// with.
import type { Ask } from '../../../bindings/Ask'
import type { Conversation } from '../../../bindings/Conversation'
import type { Host } from '../../../host/host'

/** More answers than this cannot be read side by side; the engine takes no more. */
export const MOST = 4
/** One model alone is not several. */
export const LEAST = 2

interface Around {
  conversation: () => Conversation | null
  /** Shows the open conversation with something changed. */
  show: (conversation: Conversation) => void
  /** Whether a service is still connected. */
  known: (serviceId: string) => boolean
  /** Whom a conversation that has no message yet will ask. */
  begun: () => readonly Ask[]
  begin: (asks: Ask[]) => Promise<void>
  failed: (reason: unknown) => void
}

export class Several {
  /** The dialog that chooses them. */
  open = $state(false)
  readonly #host: Host
  readonly #around: Around

  /** Those that the next question goes to; none while one model is asked. */
  readonly asks: readonly Ask[] = $derived.by(() => {
    const talk = this.#around.conversation()
    const there = (talk ? talk.several : this.#around.begun()).filter(({ serviceId }) =>
      this.#around.known(serviceId),
    )
    return there.length < LEAST ? [] : there
  })

  constructor(host: Host, around: Around) {
    this.#host = host
    this.#around = around
  }

  /** Asks these from the next question on; one again when there are fewer than two. */
  async set(asks: readonly Ask[]): Promise<void> {
    const wanted = asks.length < LEAST ? [] : asks.slice(0, MOST)
    const talk = this.#around.conversation()
    if (!talk) return this.#around.begin(wanted)
    try {
      this.#around.show(await this.#host.chat.setSeveral(talk.id, wanted))
    } catch (reason) {
      this.#around.failed(reason)
    }
  }
}
