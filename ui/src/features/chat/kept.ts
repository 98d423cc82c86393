// Keeps the things used last and forgets the oldest ones beyond a limit.

export class Kept<K, V> {
  readonly #limit: number
  readonly #items = new Map<K, V>()

  constructor(limit: number) {
    this.#limit = limit
  }

  get size(): number {
    return this.#items.size
  }

  has(key: K): boolean {
    return this.#items.has(key)
  }

  get(key: K): V | undefined {
    const value = this.#items.get(key)
    if (value === undefined) return undefined
    this.#items.delete(key)
    this.#items.set(key, value)
    return value
  }

  set(key: K, value: V): void {
    this.#items.delete(key)
    this.#items.set(key, value)
    if (this.#items.size <= this.#limit) return
    const oldest = this.#items.keys().next()
    if (!oldest.done) this.#items.delete(oldest.value)
  }

  delete(key: K): void {
    this.#items.delete(key)
  }

  clear(): void {
    this.#items.clear()
  }
}
