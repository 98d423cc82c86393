import { describe, expect, it } from 'vitest'
import type { StepView } from '../../../bindings/StepView'
import { gist, piecesOf, readable } from './pieces'

const step = (before: number, ...ids: string[]): StepView => ({
  before,
  calls: ids.map((id) => ({
    id,
    name: 'calculator',
    arguments: '{}',
    argumentsSize: 2,
    state: 'done',
    result: '12',
    resultSize: 2,
    durationMs: 300,
  })),
})
const brief = (blocks: string[], steps: StepView[]) =>
  piecesOf(blocks, steps).map((piece) => [piece.blocks, piece.calls.map((call) => call.id)])

describe('piecesOf', () => {
  it('leaves an answer without calls as it is', () => {
    const blocks = ['a', 'b']
    expect(piecesOf(blocks, [])[0]?.blocks, 'not even copied: it grows with every frame').toBe(blocks)
  })

  it('puts calls behind the blocks that stand before them', () => {
    expect(brief(['a', 'b', 'c'], [step(1, 'x'), step(3, 'y', 'z')])).toEqual([
      [['a'], ['x']],
      [
        ['b', 'c'],
        ['y', 'z'],
      ],
      [[], []],
    ])
  })

  it('puts rounds with no word between them together', () => {
    expect(brief(['a'], [step(0, 'x'), step(0, 'y'), step(1, 'z')])).toEqual([
      [[], ['x', 'y']],
      [['a'], ['z']],
      [[], []],
    ])
  })
})

describe('what people read of arguments', () => {
  it('is laid out where it is JSON', () => {
    expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}')
    expect(readable('{"a":')).toBe('{"a":')
  })

  it('is the one text, where there is one', () => {
    expect(gist('{"expression":"3*4"}')).toBe('3*4')
    expect(gist('{}')).toBe('')
    expect(gist('{"a":"b","c":1}')).toBe('{"a":"b","c":1}')
    expect(gist('{"a":')).toBe('{"a":')
  })
})
