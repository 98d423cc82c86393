import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Written } from './written'

const saved: [string, boolean][] = []
const failed = vi.fn()
let save = async (text: string, settles: boolean) => void saved.push([text, settles])

beforeEach(() => {
  vi.useFakeTimers()
  saved.length = 0
  failed.mockReset()
})
afterEach(() => {
  vi.useRealTimers()
})

it('writes a moment after typing, the newest words only', async () => {
  const written = new Written('', save, failed)
  written.soon('a')
  written.soon('ab')
  await vi.advanceTimersByTimeAsync(300)
  expect(saved).toEqual([['ab', false]])
  await written.now()
  expect(saved, 'what is written is not written again').toHaveLength(1)
})

it('keeps a decision until it is on disk', async () => {
  const working = save
  save = () => Promise.reject(new Error('full'))
  const written = new Written('', (text, settles) => save(text, settles), failed)
  written.settles()
  written.soon('a')
  await written.now()
  expect(failed).toHaveBeenCalledOnce()
  save = working
  await written.now()
  expect(saved).toEqual([['a', true]])
})

it('never writes older words over those that were sent', async () => {
  const written = new Written('', save, failed)
  written.soon('a')
  const sent = written.through('ab', async () => 'accepted')
  written.soon('abc')
  expect(await sent).toBe('accepted')
  await written.now()
  expect(saved).toEqual([['abc', false]])
})

it('writes down what was not accepted', async () => {
  const written = new Written('', save, failed)
  written.settles()
  const sent = written.through('ab', () => Promise.reject(new Error('no')))
  await expect(sent).rejects.toThrow('no')
  await written.now()
  expect(saved).toEqual([['ab', true]])
})
