import { describe, expect, it } from 'vitest'
import { Heights } from './heights'
import { belowView, follows, settle } from './stick'

describe('follows', () => {
  const at = (top: number, whole = 1500) => ({ top, height: 500, whole })

  it('stays with the end while the content grows', () => {
    expect(follows(true, at(1000), at(1000, 2500), false), 'nobody scrolled').toBe(true)
  })

  it('stays when content that shrank and grew again has moved the offset', () => {
    expect(follows(true, at(1000), at(700, 1900), false)).toBe(true)
    expect(follows(true, at(1000), at(900), false, true), 'to the very same height').toBe(true)
    expect(follows(true, at(1000), at(0), false, true), 'a leap is no shrinking').toBe(false)
  })

  it('lets go when the person scrolls up, also while the content grows', () => {
    expect(follows(true, at(1000), at(900), false), 'a scroll bar tells nobody').toBe(false)
    expect(follows(true, at(1000), at(900, 1900), true), 'a wheel does').toBe(false)
    expect(follows(true, at(1000), at(900), true, true), 'while answers come, too').toBe(false)
  })

  it('takes hold again at the end', () => {
    expect(follows(false, at(400), at(995), true)).toBe(true)
  })

  it('does not take hold on the way down', () => {
    expect(follows(false, at(400), at(600), true)).toBe(false)
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
