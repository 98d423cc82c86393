import { describe, expect, it } from 'vitest'
import { estimate } from './estimate'

const wide = { width: 668, wide: 960, rem: 16 }

describe('estimate', () => {
  it('grows with the length of the text', () => {
    const short = estimate({ role: 'assistant', length: 20 }, wide)
    const long = estimate({ role: 'assistant', length: 4000 }, wide)
    expect(long, 'four thousand letters fill many lines').toBeGreaterThan(short * 5)
  })

  it('grows when the column is narrow', () => {
    const entry = { role: 'assistant', length: 2000 } as const
    expect(estimate(entry, { ...wide, width: 334 })).toBeGreaterThan(estimate(entry, wide) * 1.5)
  })

  it('scales with the text size', () => {
    const entry = { role: 'user', length: 10 } as const
    expect(estimate(entry, { ...wide, rem: 32 }), 'one line at twice the size').toBe(
      2 * estimate(entry, wide),
    )
  })

  it('knows that answers side by side share the width, and how narrow they get', () => {
    const entry = { role: 'assistant', length: 2000 } as const
    const of = (count: number) =>
      estimate({ ...entry, beside: Array<string>(count).fill('') }, { ...wide, wide: 600 })
    expect(of(2)).toBeGreaterThan(estimate(entry, wide))
    expect(of(3)).toBeGreaterThan(of(2))
    expect(of(4), 'then they scroll sideways').toBe(of(3))
  })

  it('gives an empty answer room for its name and state', () => {
    expect(estimate({ role: 'assistant', length: 0 }, wide)).toBeGreaterThan(60)
  })
})
