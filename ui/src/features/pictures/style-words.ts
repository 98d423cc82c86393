// Words about medium, light, lens and mood, added to a prompt and taken off again. They are plain words of the person's own
// language: what stands in the prompt is what is sent, and what was typed by hand counts as well.
import { m } from '../../paraglide/messages'

export interface StyleGroup {
  name: string
  words: string[]
}

export function styleGroups(): StyleGroup[] {
  return [
    {
      name: m.style_medium(),
      words: [
        m.style_photo(),
        m.style_watercolour(),
        m.style_oil(),
        m.style_pencil(),
        m.style_paper_cut(),
        m.style_3d(),
      ],
    },
    {
      name: m.style_light(),
      words: [m.style_morning(), m.style_golden(), m.style_candle(), m.style_neon(), m.style_studio()],
    },
    {
      name: m.style_lens(),
      words: [m.style_close_up(), m.style_wide_angle(), m.style_from_above(), m.style_blurred()],
    },
    {
      name: m.style_mood(),
      words: [m.style_calm(), m.style_dreamy(), m.style_joyful(), m.style_gloomy()],
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
