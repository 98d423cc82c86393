import { expect, test } from 'vitest'
import { promptsOf, shortened } from './told'

test('a list of prompts is taken apart, however it is numbered', () => {
  expect(promptsOf('1️⃣ green hills --ar 3:2\n\n2️⃣ soft hills,\nat dawn')).toEqual([
    'green hills --ar 3:2',
    'soft hills, at dawn',
  ])
  expect(promptsOf('1. one\n2) two')).toEqual(['one', 'two'])
  expect(promptsOf('a single prompt, 3. not a list')).toEqual(['a single prompt, 3. not a list'])
  expect(promptsOf('')).toEqual([])
})

test('weights and shorter prompts are told apart', () => {
  const words =
    '## Important tokens\n**lighthouse** (1.00), **old pier** (0.62), very (0.03)\n\n' +
    '## Shortened prompts\n1️⃣ lighthouse at dusk\n2️⃣ lighthouse'
  expect(shortened(words)).toEqual({
    weights: [
      { word: 'lighthouse', weight: 1 },
      { word: 'old pier', weight: 0.62 },
      { word: 'very', weight: 0.03 },
    ],
    prompts: ['lighthouse at dusk', 'lighthouse'],
  })
})

test('bold and struck words count where there are no numbers, and a bare list is enough', () => {
  const marked = 'Important tokens: a ~~very~~ old **lighthouse**\nShortened prompts\n1️⃣ old lighthouse'
  expect(shortened(marked)).toEqual({
    weights: [
      { word: 'very', weight: 0 },
      { word: 'lighthouse', weight: 1 },
    ],
    prompts: ['old lighthouse'],
  })
  expect(shortened('1️⃣ lighthouse\n2️⃣ pier')).toEqual({ weights: [], prompts: ['lighthouse', 'pier'] })
})
