// What is being typed, kept for every conversation across restarts, and sent. The words leave the desk when
// they are sent and come back when they were not accepted.
import type { Problem } from '../../../bindings/Problem'
import { failureOf } from '../../../host/failure'

/** While somebody types, the draft is written down this often, so that closing the window costs no more than that. */
const OFTEN_MS = 300

export const NEW_PLACE = 'new'

export class Composer {
  text = $state('')
  /** Words are on their way and not accepted yet. */
  sending = $state(false)
  /** Why the last words came back. */
  problem = $state.raw<Problem | null>(null)
  /** Counts wishes to type here. */
  wanted = $state(0)

  readonly #save: (place: string, text: string) => Promise<void>
  readonly #failed: (reason: unknown) => void
  /** What was written down, by place: newer than what an opened conversation brings along. */
  readonly #drafts = new Map<string, string>()
  #place = NEW_PLACE
  #soon: ReturnType<typeof setTimeout> | undefined

  constructor(save: (place: string, text: string) => Promise<void>, failed: (reason: unknown) => void) {
    this.#save = save
    this.#failed = failed
  }

  focus(): void {
    this.wanted++
  }

  /** Another conversation, or a new one: its draft stands on the desk. */
  goTo(place: string, draft = ''): void {
    void this.keep()
    this.#place = place
    if (!this.#drafts.has(place)) this.#drafts.set(place, draft)
    this.text = this.#drafts.get(place) ?? ''
    this.sending = false
    this.problem = null
  }

  type(text: string): void {
    this.text = text
    this.#soon ??= setTimeout(() => void this.keep(), OFTEN_MS)
  }

  /** Writes the draft down now. */
  async keep(): Promise<void> {
    clearTimeout(this.#soon)
    this.#soon = undefined
    // What is being sent stays written down until it is accepted.
    if (!this.sending) await this.#write(this.#place, this.text)
  }

  /** Hands the words to `work`, which answers the place they went to once they are accepted. Files can go without words. */
  async send(withFiles: boolean, work: (text: string) => Promise<string>): Promise<void> {
    const [text, from] = [this.text, this.#place]
    if ((text.trim() === '' && !withFiles) || this.sending) return
    void this.keep()
    this.sending = true
    this.problem = null
    this.text = ''
    try {
      await this.#accepted(from, await work(text.trim()))
    } catch (reason) {
      this.#giveBack(text, from, reason)
    }
  }

  /** What was typed meanwhile belongs to the place the words went to. */
  async #accepted(from: string, to: string): Promise<void> {
    await this.#write(from, '')
    if (this.#place !== from) return
    this.sending = false
    this.#place = to
    await this.keep()
  }

  #giveBack(text: string, from: string, reason: unknown): void {
    if (this.#place !== from) return this.#failed(reason)
    this.sending = false
    this.problem = failureOf(reason).problem
    this.type(this.text.trim() === '' ? text : `${text}\n\n${this.text}`)
  }

  async #write(place: string, text: string): Promise<void> {
    const before = this.#drafts.get(place) ?? ''
    if (text === before) return
    this.#drafts.set(place, text)
    try {
      await this.#save(place, text)
    } catch (reason) {
      this.#drafts.set(place, before)
      this.#failed(reason)
    }
  }
}
