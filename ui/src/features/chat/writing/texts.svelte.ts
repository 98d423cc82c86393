// The text that is open, and those left while a model still writes in them: they are followed to their end.
import type { OpenConversation } from '../../../bindings/OpenConversation'
import type { Host } from '../../../host/host'
import { Sheet, type Hears } from './sheet.svelte'

export class Texts {
  /** The text on the screen; null while a chat is. */
  sheet = $state.raw<Sheet | null>(null)
  /** Counts wishes to write on the sheet. */
  wanted = $state(0)

  readonly #host: Host
  readonly #hears: Hears
  readonly #left = new Map<string, Sheet>()

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
  }

  /** Everything typed in a text is written down. Wait for that before it is opened anew. */
  async written(id: string): Promise<void> {
    await this.#left.get(id)?.written()
  }

  show(open: OpenConversation): void {
    this.leave()
    const { id } = open.conversation
    const left = this.#left.get(id)
    this.#left.delete(id)
    const hears: Hears = {
      // Of what goes on elsewhere nobody is told here.
      say: (words) => this.sheet?.id === id && this.#hears.say(words),
      failed: (reason) => this.#hears.failed(reason),
    }
    this.sheet = left?.busy ? left : new Sheet(this.#host, open, hears)
    this.wanted++
  }

  leave(): void {
    const { sheet } = this
    if (!sheet) return
    sheet.leave()
    this.#left.set(sheet.id, sheet)
    this.sheet = null
    for (const [id, one] of this.#left) if (!one.busy && id !== sheet.id) this.#left.delete(id)
  }
}
