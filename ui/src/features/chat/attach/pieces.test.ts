import { describe, expect, it } from 'vitest'
import { pieces } from './pieces'

describe('a long text', () => {
  it('is cut at line ends and loses no letter', () => {
    const text = Array.from({ length: 100 }, (_, line) => `line ${line} of the text`).join('\n')
    const cut = pieces(text, 200)
    expect(cut.join('\n')).toBe(text)
    expect(Math.max(...cut.map((piece) => piece.length))).toBeLessThanOrEqual(200)
  })

  it('without lines is cut between letters', () => {
    const cut = pieces('🌊'.repeat(300), 101)
    expect(cut.join('')).toBe('🌊'.repeat(300))
    expect(cut.every((piece) => !/[\ud800-\udbff]$/.test(piece))).toBe(true)
  })
})
