// Facts about this Medley.
import type { About } from '../bindings/About'
import { host } from '../host'

class AboutState {
  #value = $state.raw<About>()

  get value(): About | undefined {
    return this.#value
  }

  get demo(): boolean {
    return this.#value?.demo ?? false
  }

  fill(about: About) {
    this.#value = about
  }

  /** Counts and sizes as they are now. */
  async refresh() {
    this.#value = await host.about()
  }
}

export const about = new AboutState()
