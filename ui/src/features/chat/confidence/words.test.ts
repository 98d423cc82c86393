import { describe, expect, it } from 'vitest'
import { levelOf, named, share } from './levels'
import { step, stretches, stretchOf, wordAt } from './words'

const told = (words: string[], sure: (number | null)[]) => stretches({ words, sure, average: null })

describe('stretches', () => {
  it('hold all words, and only the words are marked', () => {
    const all = told(['The ', ' rivers', '\n\n', '。'], [0.99, 0.2, 0.1, null])
    expect(all).toHaveLength(1)
    const words = all[0]!.words
    expect(words.map(({ before, text, after }) => before + text + after).join(''), 'nothing is lost').toBe(
      all[0]!.text,
    )
    expect(words.map(({ level }) => level)).toEqual(['sure', 'guess', null, null])
    expect(words[1]).toMatchObject({ before: ' ', text: 'rivers', after: '' })
  })

  it('stay small however long the answer is', () => {
    const count = 4001
    const all = told(Array<string>(count).fill('word '), Array<number>(count).fill(0.5))
    expect(all).toHaveLength(21)
    expect(wordAt(all, 4000)?.at).toBe(4000)
    expect(stretchOf(4000)).toBe(20)
  })
})

describe('walking', () => {
  const all = told(['a ', '\n', 'b ', 'c ', 'd'], [0.99, 0.5, null, 0.95, 0.1])

  it('goes over blanks and what nobody reported on', () => {
    expect(step(all, -1, 1), 'the first').toBe(0)
    expect(step(all, 0, 1)).toBe(3)
    expect(step(all, 3, -1)).toBe(0)
    expect(step(all, 5, -1), 'the last').toBe(4)
    expect(step(all, 4, 1), 'nothing follows').toBeNull()
  })

  it('goes to the next doubtful word', () => {
    expect(step(all, 0, 1, true)).toBe(4)
    expect(step(all, 4, -1, true)).toBeNull()
  })
})

describe('words for numbers', () => {
  it('name levels', () => {
    expect([1, 0.9, 0.6, 0.3, 0.29, 0].map(levelOf)).toEqual([
      'sure',
      'sure',
      'rather',
      'unsure',
      'guess',
      'guess',
    ])
  })

  it('never say that what was said was impossible, or that it was certain', () => {
    expect(share(0)).toBe('under 0.1%')
    expect(share(0.023)).toBe('2.3%')
    expect(share(0.62)).toBe('62%')
    expect(share(0.9999)).toBe('99.9%')
    expect(share(1)).toBe('100%')
  })

  it('call blanks by a name', () => {
    expect([' the', ' ', '\n\n'].map(named)).toEqual([' the', 'blank', 'line break'])
  })
})
