import { describe, expect, it } from 'vitest'
import { NOTHING, numberOf, RANGES } from './fields'
import { changed, cleared, differing, effective, setIn } from './values'

const usual = { ...NOTHING, temperature: 0.2, seed: 7, stop: ['END'] }

describe('what counts', () => {
  it('is the usual where a conversation says nothing', () => {
    expect(effective(NOTHING, usual)).toEqual(usual)
    expect(setIn(effective(NOTHING, NOTHING)), 'nothing set, nothing sent').toEqual([])
  })

  it('is the conversation’s own, without what it takes away', () => {
    const own = { ...NOTHING, temperature: 1.5, topP: 0.5, unset: ['seed'] }
    expect(effective(own, usual)).toEqual({ ...NOTHING, temperature: 1.5, topP: 0.5, stop: ['END'] })
    expect(differing(own), 'each of them is told').toEqual(['temperature', 'topP', 'seed'])
  })

  it('counts zero and no as set', () => {
    const own = { ...NOTHING, temperature: 0, stream: false, topLogprobs: 0 }
    expect(setIn(own)).toEqual(['temperature', 'topLogprobs', 'stream'])
  })
})

describe('setting an option', () => {
  it('as it is usually is no difference', () => {
    const own = changed(changed(NOTHING, usual, 'temperature', 1), usual, 'temperature', 0.2)
    expect(differing(own)).toEqual([])
  })

  it('to nothing takes a usual one away, and only there', () => {
    expect(changed(NOTHING, usual, 'seed', null).unset).toEqual(['seed'])
    expect(changed(NOTHING, NOTHING, 'seed', null), 'nothing to take away').toEqual(NOTHING)
    expect(changed(NOTHING, usual, 'stop', []).unset).toEqual(['stop'])
  })

  it('again after it was taken away brings it back', () => {
    const without = changed(NOTHING, usual, 'seed', null)
    expect(changed(without, usual, 'seed', 9)).toEqual({ ...NOTHING, seed: 9 })
    expect(cleared(without, 'seed'), 'or leaves it to the usual').toEqual(NOTHING)
  })

  it('changes no other conversation’s options', () => {
    const own = { ...NOTHING, unset: ['seed'] }
    changed(own, usual, 'topP', 0.5)
    expect(own.unset).toEqual(['seed'])
  })
})

describe('a number as typed', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['0.5', 0.5],
    ['0,5', 0.5],
    ['2', 2],
    ['2.1', 'too_large'],
    ['-1', 'too_small'],
    ['hot', 'no_number'],
    ['1e400', 'no_number'],
  ])('temperature %j', (typed, read) => {
    expect(numberOf(typed, RANGES.temperature)).toBe(read)
  })

  it.each([
    ['128', 128],
    ['0', 'too_small'],
    ['129', 'too_large'],
    ['1.5', 'no_whole'],
  ])('n %j', (typed, read) => {
    expect(numberOf(typed, RANGES.n)).toBe(read)
  })
})
