// Short messages at the lower centre, one at a time. What was deleted always comes with "Undo".
import { explain, type Failure } from '../host'

export interface Toast {
  words: string
  action?: { label: string; run: () => void } | undefined
}

class Toasts {
  #queue = $state.raw<Toast[]>([])

  /** The one to be seen now. */
  get current(): Toast | undefined {
    return this.#queue[0]
  }

  /** Says it as soon as it can; a message already waiting with the same words is not said twice. */
  show(words: string, action?: Toast['action']) {
    const others = this.#queue.filter((toast) => toast.words !== words)
    this.#queue = [...others, { words, action }]
  }

  failed(failure: Failure) {
    this.show(explain(failure.problem).words)
  }

  next() {
    this.#queue = this.#queue.slice(1)
  }
}

export const toasts = new Toasts()
