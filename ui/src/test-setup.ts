// What the tests' page lacks beside a real window, and the matchers for what people see.
import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/svelte'
import { afterEach } from 'vitest'

afterEach(() => cleanup())
// Patience costs nothing where all is well, and a busy machine is no failure.
configure({ asyncUtilTimeout: 15_000 })

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
}
if (!('scrollIntoView' in Element.prototype)) Object.assign(Element.prototype, { scrollIntoView: () => {} })

// The page of the tests lays nothing out, so nothing would ever come into view: all of it is.
globalThis.IntersectionObserver = class extends IntersectionObserver {
  readonly #tell: IntersectionObserverCallback
  constructor(tell: IntersectionObserverCallback) {
    super(tell)
    this.#tell = tell
  }
  override observe(target: Element) {
    this.#tell([{ target, isIntersecting: true } as unknown as IntersectionObserverEntry], this)
  }
}
