import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

let paced: typeof import('./pace').paced

beforeEach(async () => {
  vi.useFakeTimers()
  vi.resetModules()
  ;({ paced } = await import('./pace'))
})
afterEach(() => vi.useRealTimers())

/** Work that takes the screen so long. */
const slow = (ms: number) => () => void vi.setSystemTime(Date.now() + ms)

describe('paced', () => {
  it('draws all that wait in one frame', () => {
    const [one, other] = [vi.fn(), vi.fn()]
    paced(one)
    paced(other)
    expect(one, 'nothing before the frame').not.toHaveBeenCalled()
    vi.advanceTimersToNextFrame()
    expect([one.mock.calls.length, other.mock.calls.length]).toEqual([1, 1])
  })

  it('draws nothing that was given up', () => {
    const work = vi.fn()
    paced(work)()
    vi.advanceTimersToNextFrame()
    expect(work).not.toHaveBeenCalled()
  })

  it('waits after a slow frame', () => {
    vi.spyOn(performance, 'now').mockImplementation(() => Date.now())
    const next = vi.fn()
    paced(slow(80))
    vi.advanceTimersToNextFrame()
    vi.advanceTimersByTime(1)
    paced(next)
    vi.advanceTimersByTime(60)
    expect(next, 'there is room for others first').not.toHaveBeenCalled()
    vi.advanceTimersByTime(60)
    expect(next).toHaveBeenCalledOnce()
  })
})
