import { describe, expect, it } from 'vitest'
import type { Line } from '../../bindings/Line'
import { countWords, joined, lineAt, places, replaced, speakerName, split, textOf, wordIn } from './told'

const line = (startMs: number, endMs: number, text: string, more: Partial<Line> = {}): Line => ({
  key: startMs + 1,
  startMs,
  endMs,
  speaker: '',
  text,
  said: text,
  words: text.split(' ').map((word, at) => ({
    text: word.replace(/[.,]/g, ''),
    startMs: startMs + at * 500,
    endMs: startMs + at * 500 + 400,
  })),
  ...more,
})

describe('lines of a transcript', () => {
  it('follow the sound, and so do their words', () => {
    const all = [line(0, 900, 'One two.'), line(2000, 4000, 'Three four five.')]
    expect([-1, 0, 1500, 2000, 9000].map((ms) => lineAt(all, ms))).toEqual([-1, 0, 0, 1, 1])
    const words = [2000, 2600, 3100].map((ms) => all[1]!.text.slice(...wordIn(all[1]!, ms)!))
    expect(words).toEqual(['Three', 'four', 'five'])
    expect(wordIn(all[1]!, 5000), 'it is over').toBeNull()
    const edited = { ...all[1]!, text: 'Quite another text.' }
    expect(wordIn(edited, 2100), 'told by its place where the words are gone').not.toBeNull()
  })

  it('are split at their words and joined again', () => {
    const whole = line(2000, 4000, 'Three four. Five six.')
    const [first, second] = split(whole, 11)!
    expect([first.text, first.endMs, first.words.length]).toEqual(['Three four.', 3000, 2])
    expect([second.text, second.startMs, second.key, second.said]).toEqual(['Five six.', 3000, 0, ''])
    const signs = ['今', '天', '好', '吗'].map((text, at) => {
      const startMs = [0, 100, 3000, 3100][at]!
      return { text, startMs, endMs: startMs + 90 }
    })
    const [today, good] = split(line(0, 4000, '今天好吗', { words: signs }), 2)!
    expect([today.endMs, good.startMs], 'told by the signs where there are no blanks').toEqual([3000, 3000])
    expect([today.words.length, good.words.length]).toEqual([2, 2])
    expect(split(whole, 0), 'nothing would be left').toBeNull()
    expect(joined(first, second).text).toBe('Three four. Five six.')
    expect(joined(line(0, 1, '早上好。'), line(1, 2, '你好。')).text, 'without a blank').toBe(
      '早上好。你好。',
    )
  })

  it('are searched as they are typed, and replaced everywhere', () => {
    expect(places('A cat, a Cat.', 'cat')).toEqual([
      [2, 5],
      [9, 12],
    ])
    expect(places('1+1 (one)', '(one)')).toEqual([[4, 9]])
    expect(replaced('A cat, a Cat.', 'cat', 'dog')).toEqual(['A dog, a dog.', 2])
    expect(places('anything', '')).toEqual([])
  })

  it('are counted and told with names', () => {
    expect(countWords([line(0, 1, 'One two three.'), line(1, 2, '今天 good')])).toBe(6)
    expect([speakerName('A'), speakerName('speaker_0'), speakerName('Anna'), speakerName('')]).toEqual([
      'Speaker A',
      'Speaker 0',
      'Anna',
      '',
    ])
    const all = [line(0, 1, 'Yes.', { speaker: 'A' }), line(1, 2, ' '), line(2, 3, 'No.')]
    expect(textOf(all, () => '0:00')).toBe('0:00 Speaker A: Yes.\n0:00: No.')
  })
})
