// How sure a model was, as people say it. Levels are shown by a tint, a line under the word and a word of their own.
import { m } from '../../../paraglide/messages'
import { percent } from '../../../state/format'

export const LEVELS = ['sure', 'rather', 'unsure', 'guess'] as const
export type Level = (typeof LEVELS)[number]

/** From which probability on a word counts as such. */
const FROM: Record<Level, number> = { sure: 0.9, rather: 0.6, unsure: 0.3, guess: 0 }

export function levelOf(sure: number): Level {
  return LEVELS.find((level) => sure >= FROM[level]) ?? 'guess'
}

export function levelWords(level: Level): string {
  const words = {
    sure: m.sure_level_sure,
    rather: m.sure_level_rather,
    unsure: m.sure_level_unsure,
    guess: m.sure_level_guess,
  }
  return words[level]()
}

/** 62 %, 2.3 %, under 0.1 %: never "0 %" for something that was said. */
export function share(sure: number): string {
  if (sure < 0.001) return m.sure_under({ share: percent(0.1, 1) })
  const points = sure * 100
  if (points >= 99.5 && points < 100) return percent(Math.floor(points * 10) / 10, 1)
  return points < 10 ? percent(points, 1) : percent(points)
}

/** What blanks and line breaks are called, where they are all there is. */
export function named(text: string): string {
  if (text.trim() !== '') return text
  return text.includes('\n') ? m.sure_line_break() : m.sure_blank()
}
