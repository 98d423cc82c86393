import { describe, expect, it } from 'vitest'
import { Heights } from './heights'
import { belowView, follows, settle } from './stick'

describe('follows', () => {
  it('stays with the end while the content grows', () => {
    expect(follows(true, 1000, { top: 1000, height: 500, whole: 2500 }), 'nobody scrolled').toBe(true)
  })

  it('lets go when the person scrolls up', () => {
    expect(follows(true, 1000, { top: 900, height: 500, whole: 1500 })).toBe(false)
  })

  it('takes hold again at the end', () => {
    expect(follows(false, 400, { top: 995, height: 500, whole: 1500 })).toBe(true)
  })

  it('does not take hold on the way down', () => {
    expect(follows(false, 400, { top: 600, height: 500, whole: 1500 })).toBe(false)
  })

  it('knows how much waits below', () => {
    expect(belowView({ top: 100, height: 500, whole: 1500 })).toBe(900)
    expect(belowView({ top: 100, height: 500, whole: 300 }), 'never negative').toBe(0)
  })
})

describe('settle', () => {
  it('moves the offset by what changed above the view', () => {
    const heights = new Heights([100, 100, 100, 100])
    const shift = settle(heights, 250, [
      { index: 0, height: 160 },
      { index: 1, height: 90 },
    ])
    expect(shift, 'sixty more, ten less').toBe(50)
    expect(heights.total).toBe(450)
  })

  it('leaves the offset alone for changes in view and below', () => {
    const heights = new Heights([100, 100, 100, 100])
    const shift = settle(heights, 250, [
      { index: 2, height: 300 },
      { index: 3, height: 10 },
    ])
    expect(shift, 'the top edge of the row in view stays').toBe(0)
    expect(heights.total).toBe(510)
  })
})
