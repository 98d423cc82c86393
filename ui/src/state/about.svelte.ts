// Facts about this Medley.
import type { About } from '../bindings/About'
import { host } from '../host'

class AboutState {
  /** This is the demonstration. Known from the start; the rest is asked for where it is shown. */
  demo = $state(false)
  #value = $state.raw<About>()

  get value(): About | undefined {
    return this.#value
  }

  /** Counts and sizes as they are now. */
  async refresh() {
    this.#value = await host.about()
  }
}

export const about = new AboutState()
