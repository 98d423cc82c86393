// Presses that are paid for: two in haste are one.

/** Presses closer together than this are one. */
export const HASTE_MS = 700

export class Presses {
  #last = -Infinity

  /** Notes a press; answers whether it came in haste after another one. */
  hasty(): boolean {
    const now = performance.now()
    const hasty = now - this.#last < HASTE_MS
    this.#last = now
    return hasty
  }

  /** What the last one was for did not happen: the next one counts. */
  forget(): void {
    this.#last = -Infinity
  }
}
