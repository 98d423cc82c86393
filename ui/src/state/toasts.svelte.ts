// Short messages at the lower centre, up to three at once, the newest at the bottom. What was deleted always comes with "Undo".
import { explain, failureOf, type Failure } from '../host'

export interface Toast {
  words: string
  action?: { label: string; run: () => void } | undefined
}

/** So many are seen at once; others wait. */
const AT_ONCE = 3

class Toasts {
  #queue = $state.raw<Toast[]>([])

  /** Those to be seen now, the oldest first. */
  readonly shown: readonly Toast[] = $derived(this.#queue.slice(0, AT_ONCE))

  /** The one that is seen longest. */
  get current(): Toast | undefined {
    return this.#queue[0]
  }

  /** Says it as soon as it can. Plain words that are said already are not said twice; what can be undone is another each time. */
  show(words: string, action?: Toast['action']) {
    const others = this.#queue.filter((toast) => toast.action || action || toast.words !== words)
    this.#queue = [...others, { words, action }]
  }

  failed(failure: Failure) {
    this.show(explain(failure.problem).words)
  }

  close(toast: Toast) {
    this.#queue = this.#queue.filter((one) => one !== toast)
  }

  next() {
    this.#queue = this.#queue.slice(1)
  }
}

export const toasts = new Toasts()

/** Does it and answers whether it went well; what went wrong is said. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (reason) {
    toasts.failed(failureOf(reason))
    return false
  }
}
