import { describe, expect, it } from 'vitest'
import { biasOf, faultOf, rowsOf } from './bias'
import { faultIn, namesIn } from './extra'
import { shownStop, typedStop } from './words'

describe('extra JSON', () => {
  it.each(['', '  \n', '{}', '{"top_k": 4}', '{"a": {"messages": 1}}'])('%j can be sent', (typed) => {
    expect(faultIn(typed)).toBeNull()
  })

  it.each([
    ['{"top_k": 4', 'broken'],
    ['{top_k: 4}', 'broken'],
    ['[1]', 'no_object'],
    ['null', 'no_object'],
    ['7', 'no_object'],
    ['{"messages": []}', 'messages'],
  ])('%j is %s', (typed, kind) => {
    expect(faultIn(typed)?.kind).toBe(kind)
    expect(namesIn(typed)).toEqual([])
  })

  it('names its fields', () => {
    expect(namesIn('{"top_k": 4, "min_p": 0.1}')).toEqual(['top_k', 'min_p'])
  })
})

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
