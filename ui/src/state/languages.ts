// The languages, each by its own name, so that everybody finds theirs.
import { locales } from '../paraglide/runtime'
import { m } from '../paraglide/messages'

const NAMES = { en: m.language_en, 'zh-CN': m.language_zh }

export function languageChoices(): { id: string; label: string }[] {
  return locales.map((locale) => ({ id: locale, label: NAMES[locale]() }))
}
