import { describe, expect, it } from 'vitest'
import { meanColour } from './placeholder'

/** A head as it is written: brightness, yellow against blue, red against green, and whether the ground shines through. */
function head(light: number, yellow: number, red: number, alpha = 0): number[] {
  const bits = light | (yellow << 6) | (red << 12) | (alpha << 23)
  return [bits & 255, (bits >> 8) & 255, bits >> 16, 0, 0]
}

describe('the colour of a tile', () => {
  it('is the mean of its picture', () => {
    expect(meanColour(head(0, 31, 31))).toMatch(/^rgb\([0-4] [0-4] [0-4]\)$/)
    expect(meanColour(head(63, 32, 32))).toMatch(/^rgb\(255 25\d 25\d\)$/)
    const [r = 0, g = 0, b = 0] = (meanColour(head(21, 42, 63)) ?? '').match(/\d+/g)!.map(Number)
    expect(r, 'red').toBeGreaterThan(200)
    expect(g + b, 'and nothing else').toBeLessThan(60)
  })

  it('is none where nothing is known, or where the ground shines through', () => {
    expect(meanColour([])).toBeUndefined()
    expect(meanColour([1, 2])).toBeUndefined()
    expect(meanColour(head(30, 31, 31, 1))).toBeUndefined()
  })
})
