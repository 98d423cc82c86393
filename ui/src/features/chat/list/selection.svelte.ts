// Which conversations are selected, while one selects.

export class Selection {
  on = $state(false)
  chosen = $state.raw<ReadonlySet<string>>(new Set())

  /** Where Shift began: the last one that was chosen by itself. */
  #from: string | null = null

  get ids(): string[] {
    return [...this.chosen]
  }

  /** Begins with a conversation, or with none. */
  begin(id?: string): void {
    this.on = true
    if (id !== undefined) this.toggle(id)
  }

  toggle(id: string): void {
    this.on = true
    this.#from = id
    const chosen = new Set(this.chosen)
    if (!chosen.delete(id)) chosen.add(id)
    this.chosen = chosen
  }

  /** Chooses everything from where Shift began (`from`, when it did not) to a conversation, in the order of the list. */
  reach(keys: readonly string[], id: string, from: string | null): void {
    this.on = true
    this.#from ??= from ?? id
    const [one, other] = [keys.indexOf(this.#from), keys.indexOf(id)]
    if (one < 0 || other < 0) return this.toggle(id)
    const between = keys.slice(Math.min(one, other), Math.max(one, other) + 1)
    this.chosen = new Set([...this.chosen, ...between])
  }

  take(ids: readonly string[]): void {
    this.on = true
    this.chosen = new Set(ids)
  }

  /** It left the list. */
  gone(id: string): void {
    if (this.chosen.has(id)) this.chosen = new Set(this.ids.filter((other) => other !== id))
  }

  end(): void {
    this.on = false
    this.chosen = new Set()
    this.#from = null
  }
}
