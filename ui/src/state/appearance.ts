// Puts the look that the person chose on the page, and remembers it for the first paint of the next start
// (public/first-paint.js).
import type { Settings } from '../bindings/Settings'
import { language } from './language.svelte'

/** The look, now. */
export function dress({ theme, textScale, language: tag }: Settings) {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset.theme
  else root.dataset.theme = theme
  root.style.setProperty('--text-scale', String(textScale / 100))
  language.choose(tag)
  localStorage.setItem('look', JSON.stringify({ theme, textScale, language: language.current }))
}
