import { describe, expect, it } from 'vitest'
import type { SpokenSentence } from '../../bindings/SpokenSentence'
import { bars, clockOf, wordAt } from '../../state/sound'
import { estimate, paragraphs, sentenceAt } from './spoken'

const sentence = (startMs: number | null, endMs: number | null, text = 'One two three.'): SpokenSentence => ({
  text,
  isParagraph: false,
  startMs,
  endMs,
})

describe('what follows the sound', () => {
  it('is the last sentence that has begun', () => {
    const all = [sentence(0, 900), sentence(1000, 2000), sentence(2000, 3000), sentence(null, null)]
    expect([-1, 0, 950, 1000, 1999, 2000, 9000].map((ms) => sentenceAt(all, ms))).toEqual([
      -1, 0, 0, 1, 1, 2, 2,
    ])
    expect(sentenceAt([], 5)).toBe(-1)
  })

  it('is a word inside it, told by its place', () => {
    const one = sentence(0, 1400)
    const words = [0, 500, 1300].map((ms) => one.text.slice(...(wordAt(one, ms) ?? [0, 0])))
    expect(words).toEqual(['One', 'two', 'three'])
    expect(wordAt(one, 2000), 'it is over').toBeNull()
    expect(wordAt(sentence(null, null), 0)).toBeNull()
    const chinese = sentence(0, 1000, '今天天气很好。')
    expect(wordAt(chinese, 500)).not.toBeNull()
  })

  it('is drawn as bars, the loudest moment of each', () => {
    expect(bars([0, 255, 51, 0], 2)).toEqual([1, 0.2])
    expect(bars([255], 3), 'a short sound fills them all').toEqual([1, 1, 1])
    expect(bars([], 5)).toEqual([])
  })

  it('is told as people read clocks', () => {
    expect([0, 51_900, 727_000, 3_750_000].map(clockOf)).toEqual(['0:00', '0:51', '12:07', '1:02:30'])
  })

  it('takes as long as its letters', () => {
    expect(estimate('a'.repeat(150), 1)).toBe(10_000)
    expect(estimate('a'.repeat(150), 2)).toBe(5000)
    expect(estimate('水'.repeat(40), 1), 'a sign is a word').toBe(10_000)
  })

  it('stands in paragraphs', () => {
    const all = [sentence(0, 1), { ...sentence(1, 2), isParagraph: true }, sentence(2, 3)]
    expect(paragraphs(all).map((lines) => lines.map(({ index }) => index))).toEqual([[0], [1, 2]])
  })
})
