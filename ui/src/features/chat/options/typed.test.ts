import { describe, expect, it } from 'vitest'
import { biasOf, faultOf, rowsOf } from './bias'
import { shownStop, typedStop } from './words'

describe('liked words', () => {
  it('are sent when both numbers are there', () => {
    const rows = [
      { token: '1734', weight: '-100' },
      { token: '9', weight: '0,5' },
      { token: '', weight: '4' },
      { token: '8', weight: '' },
      { token: 'word', weight: '1' },
      { token: '7', weight: '101' },
    ]
    expect(biasOf(rows)).toEqual({ '1734': -100, '9': 0.5 })
    expect(rows.map(faultOf)).toEqual([null, null, null, null, 'token', 'weight'])
    expect(biasOf([]), 'none is not sent').toBeNull()
  })

  it('come back as rows', () => {
    expect(rowsOf({ '9': 0.5 })).toEqual([{ token: '9', weight: '0.5' }])
    expect(rowsOf(null)).toEqual([])
  })
})

describe('a text to stop at', () => {
  it.each(['END', '\n\n', 'a\tb', 'C:\\new', '\\n'])('%j is typed as it is shown', (stop) => {
    expect(typedStop(shownStop(stop))).toBe(stop)
  })

  it('may hold a new line', () => {
    expect(typedStop('\\n\\n')).toBe('\n\n')
  })
})
