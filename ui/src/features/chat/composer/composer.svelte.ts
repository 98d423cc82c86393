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
  /** The places whose words are on their way, and what was typed there since, as it was when they were left. */
  readonly #away = new Map<string, string>()
  #place = NEW_PLACE
  #soon: ReturnType<typeof setTimeout> | undefined

  constructor(save: (place: string, text: string) => Promise<void>, failed: (reason: unknown) => void) {
    this.#save = save
    this.#failed = failed
  }

  /** Where one types. */
  get place(): string {
    return this.#place
  }

  focus(): void {
    this.wanted++
  }

  /** Another conversation, or a new one: its draft stands on the desk. */
  goTo(place: string, draft = ''): void {
    void this.keep()
    if (this.sending) this.#away.set(this.#place, this.text)
    this.#place = place
    if (!this.#drafts.has(place)) this.#drafts.set(place, draft)
    this.text = this.#away.get(place) ?? this.#drafts.get(place) ?? ''
    this.sending = this.#away.has(place)
    this.problem = null
  }

  type(text: string): void {
    this.text = text
    this.#soon ??= setTimeout(() => void this.keep(), OFTEN_MS)
  }

  /** Takes words out of what stands at a place now; where they were changed meanwhile, nothing goes. */
  takeOut(words: string, place: string): void {
    const here = this.#place === place
    const text = here ? this.text : (this.#drafts.get(place) ?? '')
    const at = text.lastIndexOf(words)
    if (at < 0) return
    const rest = text.slice(0, at) + text.slice(at + words.length)
    if (here) this.type(rest)
    else void this.#write(place, rest)
  }

  /** Writes the draft down now. */
  async keep(): Promise<void> {
    clearTimeout(this.#soon)
    this.#soon = undefined
    // What is being sent stays written down until it is accepted.
    if (!this.sending) await this.#write(this.#place, this.text)
  }

  /**
   * Hands the words to `work`, with the place where they were typed. It answers where they went once they are accepted, and
   * whether the person sees them there. Files can go without words.
   */
  async send(
    withFiles: boolean,
    work: (text: string, from: string) => Promise<{ to: string; shown: boolean }>,
  ): Promise<void> {
    const [text, from] = [this.text, this.#place]
    if ((text.trim() === '' && !withFiles) || this.sending) return
    void this.keep()
    this.sending = true
    this.#away.set(from, '')
    this.problem = null
    this.text = ''
    try {
      await this.#accepted(from, await work(text.trim(), from))
    } catch (reason) {
      this.#giveBack(text, from, reason)
    }
  }

  /** What was typed meanwhile belongs to the place the words went to. */
  async #accepted(from: string, { to, shown }: { to: string; shown: boolean }): Promise<void> {
    const here = this.#place === from
    const since = this.#since(from)
    const at = here && !shown ? from : to
    if (here) {
      this.sending = false
      this.#place = at
    }
    if (at !== from) void this.#write(from, '')
    await this.#write(at, since)
  }

  #giveBack(text: string, from: string, reason: unknown): void {
    const since = this.#since(from)
    const both = since.trim() === '' ? text : `${text}\n\n${since}`
    if (this.#place !== from) {
      void this.#write(from, both)
      return this.#failed(reason)
    }
    this.sending = false
    this.problem = failureOf(reason).problem
    this.type(both)
  }

  /** What was typed at a place since its words were sent; they are not on their way any more. */
  #since(place: string): string {
    const since = this.#place === place ? this.text : (this.#away.get(place) ?? '')
    this.#away.delete(place)
    return since
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
