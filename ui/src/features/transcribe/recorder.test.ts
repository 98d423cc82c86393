import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { problem } from '../../host/failure'
import type { Host } from '../../host/host'
import { RecorderDesk } from './recorder.svelte'

const arm = vi.fn(async () => {})
const disarm = vi.fn(async () => {})
const failed = vi.fn()
const view = { recordingId: null, level: 0, durationMs: 0, problem: null }

let recorder: RecorderDesk
beforeEach(() => {
  vi.useFakeTimers()
  for (const mock of [arm, disarm, failed]) mock.mockReset()
  recorder = new RecorderDesk({ recorder: { arm, disarm } } as unknown as Host, failed)
})
afterEach(() => vi.useRealTimers())

describe('a microphone', () => {
  it('is closed when no hand was near for some seconds', async () => {
    await recorder.arm(null)
    recorder.hear({ ...view, stage: 'armed' })
    await vi.advanceTimersByTimeAsync(15_000)
    await recorder.stay(null)
    await vi.advanceTimersByTimeAsync(15_000)
    expect([arm.mock.calls.length, disarm.mock.calls.length], 'a move keeps it open').toEqual([1, 0])
    await vi.advanceTimersByTimeAsync(6000)
    expect([disarm.mock.calls.length, recorder.view.stage]).toEqual([1, 'off'])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(disarm).toHaveBeenCalledTimes(1)
  })

  it('that records stays open', async () => {
    await recorder.arm(null)
    recorder.hear({ ...view, stage: 'recording', recordingId: 'one' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(disarm).not.toHaveBeenCalled()
  })

  it('that cannot be closed is told of, and one that cannot be opened is not tried at every move', async () => {
    disarm.mockRejectedValueOnce(new Error('stuck'))
    await recorder.disarm()
    expect(failed).toHaveBeenCalledTimes(1)
    arm.mockRejectedValueOnce(new Error('none'))
    await recorder.arm(null)
    await recorder.stay(null)
    expect(arm).toHaveBeenCalledTimes(1)
  })

  it('that went away is told of at the recording that it tore, and at no other', () => {
    const lost = problem('microphone_lost')
    recorder.hear({ ...view, stage: 'broken', recordingId: 'one', problem: lost })
    expect(recorder.torn).toEqual({ recordingId: 'one', problem: lost })
  })
})
