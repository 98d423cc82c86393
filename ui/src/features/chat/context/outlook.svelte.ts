// What would go along with a question asked now. Asked for when the person has stopped typing for a moment, never at a key.
import type { Ask } from '../../../bindings/Ask'
import type { Outlook } from '../../../bindings/Outlook'
import type { Host } from '../../../host/host'

const PAUSE_MS = 350

export class Outlooks {
  /** The last one known of the conversation shown. */
  now = $state.raw<Outlook | null>(null)

  readonly #host: Host
  #place: string | null = null
  #turn = 0
  #soon: ReturnType<typeof setTimeout> | undefined

  constructor(host: Host) {
    this.#host = host
  }

  /** Looks in a moment; an outlook of another conversation is forgotten at once. */
  look(id: string | null, ask: Ask | null, typed: string): void {
    clearTimeout(this.#soon)
    const turn = ++this.#turn
    if (id !== this.#place) this.now = null
    this.#place = id
    if (id && ask) this.#soon = setTimeout(() => void this.#ask(turn, id, ask, typed), PAUSE_MS)
  }

  async #ask(turn: number, id: string, ask: Ask, typed: string): Promise<void> {
    try {
      const outlook = await this.#host.chat.outlook(id, ask, typed)
      if (turn === this.#turn) this.now = outlook
    } catch {
      // Nobody asked for it: where it is not known, nothing is said.
      if (turn === this.#turn) this.now = null
    }
  }
}
