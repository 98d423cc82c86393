// Writes a text down, a moment after it was typed, one write at a time. A write that failed is tried again with the next
// one; what asks for a continuation waits for its turn like any other.

/** While somebody types, the text is written down this often, so that closing the window costs no more than that. */
const OFTEN_MS = 300

export class Written {
  readonly #save: (text: string, settles: boolean) => Promise<void>
  readonly #failed: (reason: unknown) => void
  #wanted: string
  #done: string
  /** A suggestion waits on disk, and the next write decides it. */
  #settles = false
  #soon: ReturnType<typeof setTimeout> | undefined
  #turn: Promise<unknown> = Promise.resolve()

  constructor(
    text: string,
    save: (text: string, settles: boolean) => Promise<void>,
    failed: (reason: unknown) => void,
  ) {
    this.#wanted = this.#done = text
    this.#save = save
    this.#failed = failed
  }

  soon(text: string): void {
    this.#wanted = text
    this.#soon ??= setTimeout(() => void this.now(), OFTEN_MS)
  }

  settles(): void {
    this.#settles = true
  }

  /** It is on disk like this. */
  is(text: string): void {
    clearTimeout(this.#soon)
    this.#soon = undefined
    this.#wanted = this.#done = text
    this.#settles = false
  }

  async now(): Promise<void> {
    clearTimeout(this.#soon)
    this.#soon = undefined
    await this.#next(() => this.#write())
  }

  /** Work that writes this text down itself. */
  through<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
    clearTimeout(this.#soon)
    this.#soon = undefined
    const settles = this.#settles
    this.#wanted = text
    this.#settles = false
    return this.#next(async () => {
      try {
        const result = await work()
        this.#done = text
        return result
      } catch (reason) {
        this.#settles ||= settles
        throw reason
      }
    })
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => {})
    return mine
  }

  async #write(): Promise<void> {
    const [text, settles] = [this.#wanted, this.#settles]
    if (text === this.#done && !settles) return
    this.#settles = false
    try {
      await this.#save(text, settles)
      this.#done = text
    } catch (reason) {
      this.#settles ||= settles
      this.#failed(reason)
    }
  }
}
