import { describe, expect, it } from 'vitest'
import { hasWords, styleGroups, toggled } from './style-words'

describe('words of style', () => {
  it('are added behind a comma and taken off without a trace', () => {
    expect(toggled('A boat', 'watercolour')).toBe('A boat, watercolour')
    expect(toggled('A boat, ', 'watercolour')).toBe('A boat, watercolour')
    expect(toggled('', 'watercolour')).toBe('watercolour')
    expect(toggled('一条船', '水彩画')).toBe('一条船，水彩画')
    for (const prompt of ['A boat', 'A boat, on a pond', '', '一条船，池塘'])
      expect(toggled(toggled(prompt, 'soft light'), 'soft light')).toBe(prompt)
  })

  it('leave everything else as it is', () => {
    expect(toggled('A boat, Watercolour , at dawn', 'watercolour')).toBe('A boat, at dawn')
    expect(toggled('watercolour, a boat', 'watercolour')).toBe('a boat')
    expect(hasWords('A watercolour boat', 'watercolour')).toBe(false)
    expect(hasWords('A boat, WATERCOLOUR', 'watercolour')).toBe(true)
  })

  it('are each of them another', () => {
    const all = styleGroups().flatMap(({ styles }) => styles.map(({ words }) => words))
    expect(new Set(all).size).toBe(all.length)
  })
})
