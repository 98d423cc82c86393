// What follows the sound: which sentence is spoken, and how long a text will take. Pure.
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
