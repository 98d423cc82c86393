// The person's settings. A change shows at once and is written down; should writing fail, the person is told.
import type { Settings } from '../bindings/Settings'
import { failureOf, host } from '../host'
import { dress } from './appearance'
import { NOTHING } from './options'
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
  listOrder: 'newest',
  toolRounds: 8,
  options: NOTHING,
  instructions: '',
  pictureForm: 'png',
  pictureTold: true,
  improveWith: null,
  describeWith: null,
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

  /** Answers whether it is kept. */
  async change(part: Partial<Settings>): Promise<boolean> {
    this.show(part)
    try {
      await host.saveSettings(this.#value)
      return true
    } catch (thrown) {
      toasts.failed(failureOf(thrown))
      return false
    }
  }
}

export const settings = new SettingsState()
