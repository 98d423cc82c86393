// Rows or parts that are asked for a page at a time, as they come into view.
import { SvelteMap } from 'svelte/reactivity'

/** As many as the engine hands out at once. */
export const PAGE = 200

export class Pages<Row> {
  readonly #load: (from: number) => Promise<readonly Row[]>
  readonly #failed: (reason: unknown) => void
  readonly #pages = new SvelteMap<number, readonly Row[]>()
  readonly #asked = new Set<number>()

  constructor(load: (from: number) => Promise<readonly Row[]>, failed: (reason: unknown) => void) {
    this.#load = load
    this.#failed = failed
  }

  /** The row at a place; null while it is not here. */
  at(place: number): Row | null {
    return this.#pages.get(Math.floor(place / PAGE))?.[place % PAGE] ?? null
  }

  /** Asks for what is missing of these places. */
  want(from: number, to: number): void {
    for (let page = Math.floor(from / PAGE); page * PAGE < to; page++) void this.#ask(page)
  }

  async #ask(page: number): Promise<void> {
    if (this.#asked.has(page)) return
    this.#asked.add(page)
    try {
      this.#pages.set(page, await this.#load(page * PAGE))
    } catch (reason) {
      this.#asked.delete(page)
      this.#failed(reason)
    }
  }
}
