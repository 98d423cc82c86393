import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeHost, FakeStore } from '../../../host/browser'
import { conversation, message } from '../../../host/fake/talk'
import type { Host } from '../../../host/host'
import { Finding } from './finding.svelte'

const failed = vi.fn()
let store: FakeStore
let host: Host
let finding: Finding

const titles = () => finding.titles.map((row) => row.conversation.title)
const look = async (words: string, ms = 200) => {
  finding.look(words)
  await vi.advanceTimersByTimeAsync(ms)
}

beforeEach(() => {
  vi.useFakeTimers()
  failed.mockClear()
  store = new FakeStore()
  host = fakeHost(store)
  finding = new Finding(host, failed)
  store.listen((event) => finding.hear(event))
  return () => vi.useRealTimers()
})

describe('searching', () => {
  it('finds titles, and messages that say it', async () => {
    await look('豆瓣')
    expect(titles(), 'no title has it').toEqual([])
    expect(finding.counts, 'told to those who do not see the list').toEqual({ titles: '0', said: '1' })
    expect(finding.hits.map((hit) => hit.title)).toEqual(['四川菜谱翻译'])
  })

  it('keeps what was found until the new is there', async () => {
    await look('budget')
    finding.look('roof')
    expect(titles()).toEqual(['Household budget formulas'])
    await vi.advanceTimersByTimeAsync(200)
    expect(titles()).toEqual(['Rooftop vegetable garden'])
  })

  it('asks once for several letters', async () => {
    const asked = vi.spyOn(host.find, 'said')
    for (const words of ['b', 'bu', 'bud']) finding.look(words)
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toHaveBeenCalledExactlyOnceWith('bud', null)
  })

  it('lets a slow answer to older words come too late', async () => {
    const quick = host.chat.list
    vi.spyOn(host.chat, 'list').mockImplementationOnce(async (query) => {
      await new Promise((done) => setTimeout(done, 1000))
      return quick(query)
    })
    await look('roof', 150)
    await look('budget', 2000)
    expect(titles()).toEqual(['Household budget formulas'])
  })

  it('keeps messages that are found before the titles are', async () => {
    const quick = host.chat.list
    vi.spyOn(host.chat, 'list').mockImplementationOnce(async (query) => {
      await new Promise((done) => setTimeout(done, 1000))
      return quick(query)
    })
    await look('豆瓣', 2000)
    expect(finding.hits.map((hit) => hit.title)).toEqual(['四川菜谱翻译'])
  })

  it('ends at once when the field is empty', async () => {
    await look('budget')
    finding.look('')
    expect(finding.found).toBe('')
    expect(titles()).toEqual([])
  })

  it('reads further hits page by page, none twice', async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      message(`m${index}`, 'long', { text: `quince ${index}`, createdAt: index }),
    )
    store.talks = [{ conversation: conversation('long', 'Long', 1), messages: many, draft: '' }]
    await look('quince')
    for (let turn = 0; turn < 5; turn++) await finding.moreOfHits()
    expect(finding.hits).toHaveLength(120)
    expect(new Set(finding.hits.map((hit) => hit.messageId)).size).toBe(120)
    expect(finding.moreHits).toBe(false)
  })

  it('looks once more when old messages can all be found', async () => {
    await look('budget')
    const asked = vi.spyOn(host.find, 'said')
    store.tell({ kind: 'indexing', indexing: { done: 1, of: 2 } })
    expect(finding.indexing).toEqual({ done: 1, of: 2 })
    store.tell({ kind: 'indexing', indexing: null })
    expect(asked).toHaveBeenCalledOnce()
  })

  it('forgets what goes to the recycle bin', async () => {
    await look('rent')
    expect(finding.hits).not.toEqual([])
    for (const hit of finding.hits) await host.chat.remove(hit.conversationId)
    expect(finding.hits).toEqual([])
  })

  it('that fails is told', async () => {
    vi.spyOn(host.find, 'said').mockRejectedValueOnce(new Error('no'))
    await look('budget')
    expect(failed).toHaveBeenCalledOnce()
    expect(titles(), 'what could be found is shown').toEqual(['Household budget formulas'])
  })
})
