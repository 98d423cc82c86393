// What follows the sound: which sentence is spoken, which word in it, and how the loudness is drawn. Pure.
import type { SpokenSentence } from '../../bindings/SpokenSentence'

/** Letters read aloud in a second, about. */
const LETTERS_A_SECOND = 15

/** The sentence at a moment: the last that has begun; -1 before the first. */
export function sentenceAt(sentences: readonly SpokenSentence[], ms: number): number {
  let [low, high] = [0, sentences.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const start = sentences[middle]?.startMs ?? Infinity
    if (start <= ms) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where the word lies that is spoken at a moment, told by its place among the letters. */
export function wordAt({ text, startMs, endMs }: SpokenSentence, ms: number): [number, number] | null {
  if (startMs === null || endMs === null || endMs <= startMs || ms < startMs || ms > endMs) return null
  const at = ((ms - startMs) / (endMs - startMs)) * text.length
  let last: [number, number] | null = null
  for (const { segment, index, isWordLike } of words().segment(text)) {
    if (!isWordLike) continue
    last = [index, index + segment.length]
    if (last[1] > at) break
  }
  return last
}

let segmenter: Intl.Segmenter | undefined
const words = () => (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' }))

/** Heights of so many bars, from 0 to 1; what is not here yet has none. */
export function bars(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return []
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count))
    return Math.max(...peaks.slice(from, to)) / 255
  })
}

/** 0:51, 12:07, 1:02:30 */
export function clockOf(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1000))
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}

/** How long a text will take, milliseconds, about. Wide signs are words by themselves. */
export function estimate(text: string, speed: number): number {
  const letters = [...text]
  const wide = letters.filter((letter) =>
    /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(letter),
  )
  const took = (letters.length - wide.length) / LETTERS_A_SECOND + wide.length / 4
  return (took / speed) * 1000
}

/** Sentences as paragraphs, each with its place among all. */
export function paragraphs(
  sentences: readonly SpokenSentence[],
): { index: number; sentence: SpokenSentence }[][] {
  const found: { index: number; sentence: SpokenSentence }[][] = []
  for (const [index, sentence] of sentences.entries()) {
    if (sentence.isParagraph || found.length === 0) found.push([])
    found.at(-1)?.push({ index, sentence })
  }
  return found
}
