import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { MessageView } from '../../../bindings/MessageView'
import { message } from '../../../host/fake/talk'
import { problem } from '../../../host/failure'
import { Live } from './live.svelte'

const view: MessageView = {
  message: message('a', 'talk', { role: 'assistant', state: 'streaming' }),
  blocks: [],
  thoughtBlocks: [],
  steps: [],
  attachments: [],
  version: 1,
  versions: 1,
  confidence: false,
  data: false,
}
const nothing = { keep: 0, blocks: [] }
const heard = { spoken: vi.fn(), asks: vi.fn(), versions: vi.fn(), ended: vi.fn() }
let frames: FrameRequestCallback[] = []

function words(keep: number, blocks: string[], spoken = '') {
  return { kind: 'words', text: { keep, blocks }, thoughts: nothing, thinking: false, spoken } as const
}

function nextFrame() {
  const due = frames
  frames = []
  for (const frame of due) frame(0)
}

beforeEach(() => {
  frames = []
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => (frames = []))
  heard.spoken.mockClear()
  heard.asks.mockClear()
  heard.ended.mockClear()
  return () => vi.unstubAllGlobals()
})

describe('Live', () => {
  it('shows many changes in one frame', () => {
    const live = new Live(view, heard)
    live.take(words(0, ['<p>A</p>']))
    live.take(words(0, ['<p>A b</p>']))
    live.take(words(1, ['<p>C</p>']))
    expect(frames.length, 'one frame is asked for').toBe(1)
    expect(live.blocks, 'nothing is drawn before it').toEqual([])
    nextFrame()
    expect(live.blocks).toEqual(['<p>A b</p>', '<p>C</p>'])
  })

  it('asks for no frame when nothing changed', () => {
    const live = new Live(view, heard)
    live.take(words(0, []))
    expect(frames).toEqual([])
  })

  it('begins with the words a continued answer has', () => {
    expect(new Live({ ...view, blocks: ['<p>kept</p>'] }, heard).blocks).toEqual(['<p>kept</p>'])
  })

  it('waits until words come', () => {
    const live = new Live(view, heard)
    live.take({ kind: 'waiting', problem: problem('rate_limited'), forMs: 12_000, attempt: 2 })
    expect(live.waiting?.problem.code).toBe('rate_limited')
    live.take(words(0, ['<p>A</p>']))
    expect(live.waiting, 'the wait is over').toBeNull()
  })

  it('speaks finished sentences and tells the end', () => {
    const live = new Live(view, heard)
    live.take(words(0, ['<p>One. Tw</p>'], 'One.'))
    live.take(words(0, ['<p>One. Two</p>']))
    expect(heard.spoken.mock.calls, 'tokens are not spoken').toEqual([['One.']])
    live.take({ kind: 'ended', answer: view })
    expect(heard.ended).toHaveBeenCalledWith(view)
    expect(frames, 'nothing more is drawn').toEqual([])
  })
})
