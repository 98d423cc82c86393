// What a place lets one do from anywhere. Each place offers its own; "Go to" shows them without knowing the place.
import type { IconSource } from '../kit/icon'

export interface Action {
  id: string
  /** In the language of the moment. */
  label: () => string
  icon: IconSource
  /** Whether it makes sense now. */
  fits?: () => boolean
  run: () => void
}

class Actions {
  #all = $state.raw<readonly Action[]>([])

  /** Those that make sense now. */
  get all(): readonly Action[] {
    return this.#all.filter(({ fits }) => fits?.() ?? true)
  }

  /** Offers these from now on; one that was offered by the same id is replaced. */
  offer(more: readonly Action[]) {
    const ids = new Set(more.map(({ id }) => id))
    this.#all = [...this.#all.filter(({ id }) => !ids.has(id)), ...more]
  }
}

export const actions = new Actions()
