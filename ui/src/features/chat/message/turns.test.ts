import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { turn } from './turns'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.runAllTimers()
  vi.useRealTimers()
})

describe('work spread over tasks', () => {
  it('begins with the newest and goes on in the next task when one is full', () => {
    const done: string[] = []
    const work = (name: string) => () => {
      done.push(name)
      vi.spyOn(performance, 'now').mockReturnValue(4 * done.length)
    }
    vi.spyOn(performance, 'now').mockReturnValue(0)
    for (const name of ['first', 'second', 'third']) turn(work(name))
    expect(done, 'nothing is done on the spot').toEqual([])
    vi.runOnlyPendingTimers()
    expect(done, 'a task takes as much as it has room for').toEqual(['third', 'second'])
    vi.runOnlyPendingTimers()
    expect(done, 'the rest comes in the next').toEqual(['third', 'second', 'first'])
    expect(vi.getTimerCount(), 'and then nothing is waited for').toBe(0)
    vi.restoreAllMocks()
  })

  it('leaves out what was given up', () => {
    const work = vi.fn()
    turn(work)()
    vi.runAllTimers()
    expect(work, 'it is no longer wanted').not.toHaveBeenCalled()
  })
})
