import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeHost, FakeStore } from '../../host/browser'
import type { Host } from '../../host/host'
import { NO_BEGINNING } from './options/fields'
import { Session } from './session.svelte'

const ask = { serviceId: 'modelbox', model: 'openai/gpt-4o-mini' }
const hears = { say: vi.fn(), failed: vi.fn() }
let store: FakeStore
let host: Host
let session: Session

const send = (text: string, conversationId: string | null = session.conversation?.id ?? null) =>
  session.send({ conversationId, text, ask, also: [], beginning: NO_BEGINNING })
const last = () => session.outline.at(-1)?.id ?? ''
const answer = () => session.messages.entry(last())

beforeEach(() => {
  vi.useFakeTimers()
  vi.clearAllMocks()
  store = new FakeStore()
  host = fakeHost(store)
  session = new Session(host, hears)
  store.listen((event) => session.hear(event))
  return () => vi.useRealTimers()
})

describe('a question', () => {
  it('begins a conversation, streams and ends', async () => {
    const id = await send('What grows on a roof?')
    expect(session.conversation?.id).toBe(id)
    expect([session.outline.length, session.writing]).toEqual([2, last()])
    await vi.advanceTimersByTimeAsync(500)
    expect(answer().live, 'it is being written').not.toBeNull()
    await vi.advanceTimersByTimeAsync(20_000)
    expect([answer().live, session.writing]).toEqual([null, null])
    expect(answer().blocks.length, 'three paragraphs').toBe(3)
    expect(hears.say.mock.calls.at(0)).toEqual(['began'])
    expect(hears.say.mock.calls.at(-1)).toEqual(['ended'])
  })

  it('that is stopped keeps its words', async () => {
    await send('What grows on a roof?')
    await vi.advanceTimersByTimeAsync(400)
    await session.stop()
    await vi.advanceTimersByTimeAsync(0)
    expect(answer().view?.message.state).toBe('stopped')
    expect(answer().blocks.length, 'what came is kept').toBeGreaterThan(0)
    expect(session.writing).toBeNull()
  })

  it('asked again twice in haste is asked again once', async () => {
    await send('What grows on a roof?')
    await vi.advanceTimersByTimeAsync(20_000)
    const asked = vi.spyOn(host.chat, 'retry')
    const answerId = last()
    const both = [session.retry(answerId, ask), session.retry(answerId, ask)]
    expect(session.busy).toBe(true)
    await Promise.all(both)
    expect([asked.mock.calls.length, session.busy]).toEqual([1, false])
  })

  it('that is not accepted changes nothing', async () => {
    vi.spyOn(host.chat, 'send').mockRejectedValueOnce(new Error('no'))
    await expect(send('Hello')).rejects.toThrow('no')
    expect([session.conversation, session.outline.length]).toEqual([null, 0])
  })

  it('accepted after the person went elsewhere does not pull them back', async () => {
    const sent = send('Hello')
    session.begin()
    await sent
    expect([session.conversation, session.outline.length]).toEqual([null, 0])
  })

  it('for another conversation is asked there and not shown here', async () => {
    await session.open('talk-1')
    const before = session.outline
    expect(await send('Hello', 'roof')).toBe('roof')
    expect([session.conversation?.id, session.outline]).toEqual(['talk-1', before])
  })

  it('asked again in another conversation, late, is not shown here', async () => {
    await session.open('roof')
    const answerId = last()
    await session.open('talk-1')
    await session.retry(answerId, ask)
    expect([session.conversation?.id, session.writing]).toEqual(['talk-1', null])
  })

  it('is shown when its conversation is open again by the time it is accepted', async () => {
    await session.open('roof')
    const quick = host.chat.send
    vi.spyOn(host.chat, 'send').mockImplementationOnce(async (question) => {
      await new Promise((done) => setTimeout(done, 500))
      return quick(question)
    })
    const sent = send('Hello')
    await session.open('talk-1')
    await session.open('roof')
    await vi.advanceTimersByTimeAsync(500)
    await sent
    expect(session.writing).toBe(last())
  })
})

describe('an answer that was cut', () => {
  it('goes on in the same message', async () => {
    await send('Hello [cut]')
    await vi.advanceTimersByTimeAsync(20_000)
    const id = last()
    const before = answer().view?.message.text.length ?? 0
    expect(answer().view?.message.state).toBe('cut')
    await session.goOn(id)
    expect(answer().blocks.length, 'what came is shown from the start').toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(20_000)
    expect([last(), answer().view?.message.state]).toEqual([id, 'done'])
    expect(answer().view?.message.text.length).toBeGreaterThan(before)
  })
})

describe('versions', () => {
  it('come with every new try and can be walked', async () => {
    await send('Hello')
    await vi.advanceTimersByTimeAsync(20_000)
    const first = last()
    await session.retry(first, ask)
    await vi.advanceTimersByTimeAsync(20_000)
    const entry = session.outline.at(-1)
    expect([entry?.version, entry?.versions]).toEqual([2, 2])
    if (entry) await session.step(entry, -1)
    expect(last(), 'the first one is shown').toBe(first)
  })
})

describe('opening', () => {
  it('follows an answer that is still being written', async () => {
    const id = await send('Hello')
    session.begin()
    await vi.advanceTimersByTimeAsync(300)
    await session.open(id)
    await vi.advanceTimersByTimeAsync(100)
    expect(session.writing).toBe(last())
    expect(answer().blocks.length, 'with everything so far').toBeGreaterThan(0)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(answer().view?.message.state).toBe('done')
  })

  it('shows the conversation asked for last, whichever comes first', async () => {
    const quick = host.chat.open
    vi.spyOn(host.chat, 'open').mockImplementationOnce(async (id) => {
      await new Promise((done) => setTimeout(done, 500))
      return quick(id)
    })
    const slow = session.open('roof')
    await session.open('talk-1')
    await vi.advanceTimersByTimeAsync(1000)
    expect([await slow, session.conversation?.id]).toEqual([null, 'talk-1'])
  })

  it('takes a new title as it comes', async () => {
    await session.open('roof')
    await host.chat.rename('roof', 'Another name')
    expect(session.conversation?.title).toBe('Another name')
  })
})

describe('a message', () => {
  it('that is deleted can be brought back', async () => {
    await session.open('roof')
    const id = last()
    expect(await session.remove(id), 'it went').toBe(true)
    expect(last()).not.toBe(id)
    await session.restore(id)
    expect(last()).toBe(id)
  })

  it('is read only once while the reading goes on', async () => {
    await session.open('roof')
    session.messages.forget()
    const read = vi.spyOn(host.chat, 'messages')
    await Promise.all([session.messages.read(['roof-1']), session.messages.read(['roof-1', 'roof-2'])])
    expect(read.mock.calls).toEqual([[['roof-1']], [['roof-2']]])
    expect(session.messages.entry('roof-2').view?.message.id).toBe('roof-2')
  })
})
