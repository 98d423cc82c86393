import { expect, it } from 'vitest'
import { piecesOf } from './raw'

it('loses nothing, cuts at lines, and never inside a sign', () => {
  const lines = Array.from({ length: 4000 }, (_, at) => `line ${at}`).join('\n')
  const wave = '🌊'.repeat(9000)
  for (const text of ['', 'short', lines, wave, `x${wave}`]) {
    const pieces = piecesOf(text)
    expect(pieces.join('')).toBe(text)
    expect(pieces.every((piece) => piece.length <= 6001 && !/^[\uDC00-\uDFFF]/.test(piece))).toBe(true)
  }
  expect(
    piecesOf(lines)
      .slice(0, -1)
      .every((piece) => piece.endsWith('\n')),
  ).toBe(true)
})
