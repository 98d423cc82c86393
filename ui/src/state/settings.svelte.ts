// The person's settings. A change shows at once and is written down; should writing fail, the person is told.
import type { Settings } from '../bindings/Settings'
import { failureOf, host } from '../host'
import { dress } from './appearance'
import { toasts } from './toasts.svelte'

const FIRST: Settings = {
  theme: 'system',
  textScale: 100,
  language: '',
  sideFolded: false,
  serviceId: null,
  model: '',
  thoughtsOpen: false,
  titlesByModel: true,
  toolRounds: 8,
  tools: [],
}

class SettingsState {
  #value = $state.raw<Settings>(FIRST)

  get value(): Readonly<Settings> {
    return this.#value
  }

  /** What the engine has. */
  fill(settings: Settings) {
    this.#value = settings
    dress(settings)
  }

  /** Shows a change without keeping it, while a slider is moved. */
  show(part: Partial<Settings>) {
    this.fill({ ...this.#value, ...part })
  }

  async change(part: Partial<Settings>) {
    this.show(part)
    try {
      await host.saveSettings(this.#value)
    } catch (thrown) {
      toasts.failed(failureOf(thrown))
    }
  }
}

export const settings = new SettingsState()
