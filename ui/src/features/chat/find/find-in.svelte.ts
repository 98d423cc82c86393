// Finding in the open conversation: the messages that say it, and which of them one stands at.
import type { Host } from '../../../host/host'

const PAUSE_MS = 120

export class FindIn {
  open = $state(false)
  words = $state('')
  /** The messages that say `found`, in their order. */
  hits = $state.raw<readonly string[]>([])
  /** Which of them one stands at, from 0. */
  at = $state(-1)
  /** The words that `hits` were found by. */
  found = $state('')
  /** Counts wishes to type. */
  wanted = $state(0)

  readonly #host: Host
  readonly #failed: (reason: unknown) => void
  readonly #conversation: () => string | undefined
  readonly #goTo: (id: string) => void
  #turn = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(
    host: Host,
    hears: {
      failed: (reason: unknown) => void
      conversation: () => string | undefined
      goTo: (id: string) => void
    },
  ) {
    this.#host = host
    this.#failed = hears.failed
    this.#conversation = hears.conversation
    this.#goTo = hears.goTo
  }

  /** Opens the bar; words that were found elsewhere come along, with the message where one stands already. */
  begin(words = this.words, at?: string): void {
    this.open = true
    this.wanted++
    this.words = words
    if (words.trim() !== '') void this.#search(at)
  }

  look(words: string): void {
    this.words = words
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#search(), words === '' ? 0 : PAUSE_MS)
  }

  /** To the next one or the one before; after the last comes the first. */
  step(by: 1 | -1): void {
    const count = this.hits.length
    if (count === 0) return
    this.at = (this.at + by + count) % count
    this.#go()
  }

  /** Something was said or deleted meanwhile; one stays where one is. */
  async refresh(): Promise<void> {
    if (!this.open || this.found === '') return
    // A search that is on its way finds what is new as well.
    if (this.words.trim() !== this.found) return
    const here = this.hits[this.at]
    await this.#read(this.found, (hits) => (this.at = here === undefined ? -1 : hits.indexOf(here)))
  }

  end(): void {
    clearTimeout(this.#pause)
    this.#turn++
    this.open = false
    this.words = this.found = ''
    this.hits = []
    this.at = -1
  }

  async #search(at?: string): Promise<void> {
    await this.#read(this.words.trim(), (hits) => {
      const known = at === undefined ? -1 : hits.indexOf(at)
      // The newest is what one looks at, as a rule.
      this.at = known >= 0 ? known : hits.length - 1
      if (known < 0) this.#go()
    })
  }

  async #read(words: string, then: (hits: readonly string[]) => void): Promise<void> {
    const id = this.#conversation()
    const turn = ++this.#turn
    try {
      const hits = id === undefined || words === '' ? [] : await this.#host.find.saidIn(id, words)
      if (turn !== this.#turn) return
      this.found = words
      this.hits = hits
      then(hits)
    } catch (reason) {
      this.#failed(reason)
    }
  }

  #go(): void {
    const id = this.hits[this.at]
    if (id !== undefined) this.#goTo(id)
  }
}
