// The words of an answer in stretches that are drawn together: what lies far from the view is plain text, which takes
// the same room and costs next to nothing.
import type { Confidence } from '../../../bindings/Confidence'
import { levelOf, type Level } from './levels'

/** Words of one stretch. */
const STRETCH = 200

export interface Word {
  /** Its place among all words. */
  at: number
  before: string
  text: string
  after: string
  /** Null for what nobody reported on. */
  level: Level | null
}

export interface Stretch {
  /** The place of its first word. */
  from: number
  text: string
  words: readonly Word[]
}

export function stretches({ words, sure }: Confidence): Stretch[] {
  const all: Stretch[] = []
  for (let from = 0; from < words.length; from += STRETCH) {
    const texts = words.slice(from, from + STRETCH)
    const made = texts.map((text, place) => wordOf(text, from + place, sure[from + place] ?? null))
    all.push({ from, text: texts.join(''), words: made })
  }
  return all
}

/** The stretch that a word lies in. */
export function stretchOf(at: number): number {
  return Math.floor(at / STRETCH)
}

/** The next word that can be asked about; with `doubtful` the next one that the model was not sure of. */
export function step(all: readonly Stretch[], from: number, by: 1 | -1, doubtful = false): number | null {
  for (let at = from + by; ; at += by) {
    const word = wordAt(all, at)
    if (!word) return null
    if (word.level !== null && !(doubtful && word.level === 'sure')) return at
  }
}

export function wordAt(all: readonly Stretch[], at: number): Word | null {
  return all[stretchOf(at)]?.words[at % STRETCH] ?? null
}

function wordOf(whole: string, at: number, sure: number | null): Word {
  const text = whole.trim()
  const begin = whole.indexOf(text)
  // Blanks alone are said by the words around them.
  const level = sure === null || text === '' ? null : levelOf(sure)
  return { at, before: whole.slice(0, begin), text, after: whole.slice(begin + text.length), level }
}
