// The language of every word in the window. Changing it redraws the words at once; nothing is loaded anew.
import { baseLocale, locales, overwriteGetLocale, type Locale } from '../paraglide/runtime'

class Language {
  #current = $state<Locale>(closest(navigator.languages))

  constructor() {
    overwriteGetLocale(() => this.#current)
  }

  get current(): Locale {
    return this.#current
  }

  /** Takes a tag such as "zh-CN"; "" means the system's language. */
  choose(tag: string) {
    this.#current = closest(tag ? [tag] : navigator.languages)
    document.documentElement.lang = this.#current
  }
}

/** The first language wanted that Medley speaks, else English. */
export function closest(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split('-')[0]
    const match =
      locales.find((locale) => locale.toLowerCase() === tag.toLowerCase()) ??
      locales.find((locale) => locale.toLowerCase().split('-')[0] === base)
    if (match) return match
  }
  return baseLocale
}

export const language = new Language()
