import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeHost, FakeStore } from '../../../host/browser'
import { conversation } from '../../../host/fake/talk'
import type { Host } from '../../../host/host'
import { WHOLE_LIST } from '../../../host/lists'
import { Conversations } from './conversations.svelte'
import { stackOf } from './shelves'

const failed = vi.fn()
let store: FakeStore
let host: Host
let list: Conversations
let order: 'newest' | 'title' = 'newest'

const titles = (key?: string) =>
  (key ? stackOf(list.stacks, key).rows : list.rows).map((row) => row.conversation.title)

beforeEach(async () => {
  failed.mockClear()
  order = 'newest'
  store = new FakeStore()
  host = fakeHost(store)
  list = new Conversations(host, failed, () => order)
  store.listen((event) => list.hear(event))
  const { conversations, folders } = await host.start()
  list.fill(conversations, folders)
})

const many = (count: number, folderId: string | null = null) =>
  Array.from({ length: count }, (_, index) => ({
    conversation: conversation(`c${index}`, `Talk ${index}`, index, { folderId }),
    messages: [],
    draft: '',
  }))

describe('pages', () => {
  it('are joined until there are no more', async () => {
    store.talks = many(120)
    list.fill(await host.chat.list(WHOLE_LIST), [])
    for (let turn = 0; turn < 5; turn++) await list.more('loose')
    expect(list.rows.length).toBe(120)
    expect(new Set(titles()).size, 'none twice').toBe(120)
  })

  it('are read for each folder on its own', async () => {
    store.talks = many(60, 'museum')
    list.fill([], list.folders)
    await Promise.all([list.more('museum'), list.more('museum')])
    expect(titles('museum')).toHaveLength(50)
    await list.more('museum')
    expect(titles('museum')).toHaveLength(60)
  })

  it('follow the order chosen', async () => {
    order = 'title'
    await list.reload()
    const loose = titles('loose')
    expect(loose).toEqual(loose.toSorted((one, other) => one.localeCompare(other)))
  })
})

describe('changes', () => {
  it('come in by events', async () => {
    await list.rename('roof', 'The roof')
    expect(titles()).toContain('The roof')
    await list.pin('roof', false)
    expect(titles('pinned'), 'no longer on top').not.toContain('The roof')
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

  it('of very many at once are read anew', async () => {
    for (const talk of store.talks) talk.conversation.folderId = 'museum'
    store.tell({ kind: 'conversations' })
    await vi.waitFor(() => expect(titles('museum').length).toBeGreaterThan(4))
    expect(titles('loose')).toEqual([])
  })
})

it('names everything in the list, and not what is archived', async () => {
  store.talk('roof').conversation.archivedAt = 1
  expect(await list.all()).not.toContain('roof')
  expect(await list.all()).toHaveLength(store.talks.length - 1)
  list.showArchive(true)
  expect(await list.all()).toEqual(['roof'])
})
