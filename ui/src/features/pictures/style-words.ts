// Words about medium, light, lens and mood, added to a prompt and taken off again. They are plain words of the person's own
// language: what stands in the prompt is what is sent, and what was typed by hand counts as well.
import { m } from '../../paraglide/messages'

/** Each has a drawing of its own. */
export type StyleId =
  | 'photo'
  | 'watercolour'
  | 'oil'
  | 'pencil'
  | 'paper'
  | 'solid'
  | 'morning'
  | 'golden'
  | 'candle'
  | 'neon'
  | 'studio'
  | 'close'
  | 'wide'
  | 'above'
  | 'blurred'
  | 'calm'
  | 'dreamy'
  | 'joyful'
  | 'gloomy'

export interface StyleGroup {
  name: string
  styles: { id: StyleId; words: string }[]
}

export function styleGroups(): StyleGroup[] {
  return [
    {
      name: m.style_medium(),
      styles: [
        { id: 'photo', words: m.style_photo() },
        { id: 'watercolour', words: m.style_watercolour() },
        { id: 'oil', words: m.style_oil() },
        { id: 'pencil', words: m.style_pencil() },
        { id: 'paper', words: m.style_paper_cut() },
        { id: 'solid', words: m.style_3d() },
      ],
    },
    {
      name: m.style_light(),
      styles: [
        { id: 'morning', words: m.style_morning() },
        { id: 'golden', words: m.style_golden() },
        { id: 'candle', words: m.style_candle() },
        { id: 'neon', words: m.style_neon() },
        { id: 'studio', words: m.style_studio() },
      ],
    },
    {
      name: m.style_lens(),
      styles: [
        { id: 'close', words: m.style_close_up() },
        { id: 'wide', words: m.style_wide_angle() },
        { id: 'above', words: m.style_from_above() },
        { id: 'blurred', words: m.style_blurred() },
      ],
    },
    {
      name: m.style_mood(),
      styles: [
        { id: 'calm', words: m.style_calm() },
        { id: 'dreamy', words: m.style_dreamy() },
        { id: 'joyful', words: m.style_joyful() },
        { id: 'gloomy', words: m.style_gloomy() },
      ],
    },
  ]
}

const COMMAS = /[,，、]/
const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase()

/** Whether the words stand in the prompt, between commas. */
export function hasWords(prompt: string, words: string): boolean {
  return prompt.split(COMMAS).some((part) => same(part, words))
}

/** The prompt with the words, or without them where it had them. What else stands there is left as it is. */
export function toggled(prompt: string, words: string): string {
  if (!hasWords(prompt, words)) {
    const bare = prompt.trimEnd().replace(/[,，、]+$/, '')
    const comma = /[\u3400-\u9fff]$/.test(bare) ? '，' : ', '
    return bare === '' ? words : bare + comma + words
  }
  // Every part with the comma before it, so that those left keep theirs.
  const parts = prompt.match(/[,，、]?[^,，、]*/g)?.filter(Boolean) ?? []
  const left = parts.filter((part) => !same(part.replace(/^[,，、]/, ''), words))
  return left.join('').replace(/^[,，、]\s*/, '')
}
