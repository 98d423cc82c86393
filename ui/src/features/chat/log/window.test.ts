import { describe, expect, it } from 'vitest'
import { Heights } from './heights'
import { MOST_ROWS, spanOf } from './window'

const even = (count: number, height: number) => new Heights(Array.from({ length: count }, () => height))

describe('spanOf', () => {
  it('draws what is seen and a view more on either side', () => {
    const span = spanOf(even(1000, 100), { top: 50_000, height: 800 })
    expect(span, 'rows 500 to 508 are seen, eight more on either side').toEqual({ start: 492, end: 517 })
  })

  it('draws the last rows at the end', () => {
    const heights = even(10_000, 120)
    expect(
      spanOf(heights, { top: heights.total - 800, height: 800 }).end,
      'the newest message is drawn',
    ).toBe(10_000)
  })

  it('draws all of a short conversation', () => {
    expect(spanOf(even(3, 100), { top: 0, height: 800 })).toEqual({ start: 0, end: 3 })
    expect(spanOf(even(0, 0), { top: 0, height: 800 }), 'nothing to draw').toEqual({ start: 0, end: 0 })
  })

  it('never draws more rows than the cap, and keeps those in view', () => {
    const span = spanOf(even(10_000, 20), { top: 100_000, height: 800 })
    expect(span.end - span.start, 'the cap holds').toBeLessThanOrEqual(MOST_ROWS)
    expect(span.start, 'the first row in view is drawn').toBeLessThanOrEqual(5000)
    expect(span.end, 'the last row in view is drawn').toBeGreaterThan(5040)
  })
})
