import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeHost, FakeStore } from '../../../host/browser'
import { conversation } from '../../../host/fake/talk'
import type { Host } from '../../../host/host'
import { WHOLE_LIST } from '../../../host/lists'
import { Conversations } from './conversations.svelte'

const failed = vi.fn()
let store: FakeStore
let host: Host
let list: Conversations

const titles = () => list.rows.map((row) => row.conversation.title)

beforeEach(async () => {
  vi.useFakeTimers()
  failed.mockClear()
  store = new FakeStore()
  host = fakeHost(store)
  list = new Conversations(host, failed)
  store.listen((event) => list.hear(event))
  list.fill((await host.start()).conversations)
  return () => vi.useRealTimers()
})

describe('search', () => {
  it('keeps the old rows until the new ones are there', async () => {
    const before = titles()
    list.look('budget')
    expect(titles()).toEqual(before)
    await vi.advanceTimersByTimeAsync(200)
    expect(titles()).toEqual(['Household budget formulas'])
  })

  it('asks once for several letters', async () => {
    const asked = vi.spyOn(host.chat, 'list')
    for (const words of ['b', 'bu', 'bud']) list.look(words)
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toHaveBeenCalledOnce()
  })

  it('lets a slow answer to older words come too late', async () => {
    const quick = host.chat.list
    vi.spyOn(host.chat, 'list').mockImplementationOnce(async (query) => {
      await new Promise((done) => setTimeout(done, 1000))
      return quick(query)
    })
    list.look('roof')
    await vi.advanceTimersByTimeAsync(150)
    list.look('budget')
    await vi.advanceTimersByTimeAsync(2000)
    expect(titles()).toEqual(['Household budget formulas'])
  })

  it('is not disturbed by a conversation that does not fit', async () => {
    list.look('budget')
    await vi.advanceTimersByTimeAsync(200)
    await host.chat.rename('roof', 'Roof')
    expect(titles()).toEqual(['Household budget formulas'])
  })
})

describe('pages', () => {
  it('are joined until there are no more', async () => {
    store.talks = Array.from({ length: 120 }, (_, index) => ({
      conversation: conversation(`c${index}`, `Talk ${index}`, index),
      messages: [],
      draft: '',
    }))
    list.fill(await host.chat.list(WHOLE_LIST))
    for (let turn = 0; turn < 5; turn++) await list.more()
    expect(list.rows.length).toBe(120)
    expect(new Set(titles()).size, 'none twice').toBe(120)
  })
})

describe('changes', () => {
  it('come in by events', async () => {
    await list.rename('roof', 'The roof')
    expect(titles()).toContain('The roof')
    await list.pin('roof', false)
    expect(titles()[0], 'no longer on top').not.toBe('The roof')
  })

  it('take a removed conversation away and bring it back', async () => {
    expect(await list.remove('roof'), 'it went').toBe(true)
    expect(titles()).not.toContain('Rooftop vegetable garden')
    await list.restore('roof')
    expect(titles()).toContain('Rooftop vegetable garden')
  })

  it('that fail are told, and leave the row', async () => {
    vi.spyOn(host.chat, 'remove').mockRejectedValueOnce(new Error('no'))
    expect(await list.remove('roof')).toBe(false)
    expect(failed).toHaveBeenCalledOnce()
    expect(titles()).toContain('Rooftop vegetable garden')
  })
})
