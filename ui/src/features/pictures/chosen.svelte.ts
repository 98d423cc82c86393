// Which pictures are chosen: by their numbers, which stay theirs whatever comes or goes around them.

const NONE: ReadonlySet<number> = new Set()

export class Chosen {
  keys = $state.raw(NONE)

  /** Where a range begins: the one that was last chosen by itself; and what was chosen beside the range. */
  #from: number | null = null
  #beside = NONE

  get count(): number {
    return this.keys.size
  }

  get list(): number[] {
    return [...this.keys]
  }

  has(key: number | undefined): boolean {
    return key !== undefined && this.keys.has(key)
  }

  toggle(key: number): void {
    const keys = new Set(this.keys)
    if (!keys.delete(key)) keys.add(key)
    this.keys = this.#beside = keys
    this.#from = key
  }

  /** Chooses everything from where a range began (`from`, when none did) to a place. A range can grow and shrink. */
  reach(order: readonly number[], from: number, to: number): void {
    const began = this.#from === null ? -1 : order.indexOf(this.#from)
    const start = began >= 0 ? began : from
    this.#from = order[start] ?? null
    const [first, last] = [Math.min(start, to), Math.max(start, to)]
    const keys = new Set(this.#beside)
    for (let at = first; at <= last; at++) {
      const key = order[at]
      if (key !== undefined) keys.add(key)
    }
    this.keys = keys
  }

  all(order: readonly number[]): void {
    this.keys = this.#beside = new Set(order)
  }

  /** What left the gallery, or is not looked for, is not chosen any more. */
  keep(order: readonly number[]): void {
    if (this.count === 0) return
    const here = new Set(order)
    const left = this.list.filter((key) => here.has(key))
    if (left.length < this.count) this.keys = this.#beside = new Set(left)
  }

  end(): void {
    this.keys = this.#beside = NONE
    this.#from = null
  }
}
