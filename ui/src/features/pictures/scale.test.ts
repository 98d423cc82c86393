import { describe, expect, it } from 'vitest'
import { LIMIT, Scale } from './scale'

const VIEW = 800

describe('a gallery that browsers can draw', () => {
  it('scrolls as it is', () => {
    const scale = new Scale(50_000, VIEW)
    expect(scale.box).toBe(50_000)
    expect(scale.moved({ scroll: 10, top: 10 }, 4000)).toEqual({ scroll: 4000, top: 4000 })
    expect(scale.scrollFor(60_000), 'never beyond the end').toBe(49_200)
  })
})

describe('a gallery of a million pictures', () => {
  const whole = 36_000_000
  const scale = new Scale(whole, VIEW)

  it('fits into what browsers can draw', () => {
    expect(scale.box).toBe(LIMIT)
    expect(scale.box).toBeLessThan(2 ** 24)
  })

  it('is reached as a whole by the scroll bar', () => {
    expect(scale.topFor(0)).toBe(0)
    expect(scale.topFor(scale.box - VIEW)).toBe(whole - VIEW)
    for (const scroll of [0, 500, 99_000, 1_000_000, 5_555_555, scale.box - VIEW - 300])
      expect(scale.scrollFor(scale.topFor(scroll))).toBeCloseTo(scroll, 3)
  })

  it('moves as far as the wheel does, everywhere, and arrives true at both ends', () => {
    for (const step of [-120, 120]) {
      const middle = 4_000_000
      let at = { scroll: middle, top: scale.topFor(middle) }
      let steps = 0
      // Both ways are long; the steps of a hand stay small.
      while (at.top > 0 && at.top < whole - VIEW) {
        const next = scale.moved(at, Math.max(0, Math.min(at.scroll + step * 10, scale.box - VIEW)))
        expect(Math.abs(next.top - at.top)).toBeLessThanOrEqual(1200)
        expect(next.top).not.toBe(at.top)
        at = next
        if (++steps > 40_000) throw new Error('never arrives')
      }
      expect(at.scroll).toBe(at.top === 0 ? 0 : scale.box - VIEW)
    }
  })
})
