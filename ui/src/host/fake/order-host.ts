// The fake's folders, its search of what was said, and its exports, which only tell what would have been written.
import type { Arrange } from '../../bindings/Arrange'
import type { Found } from '../../bindings/Found'
import type { FolderRow } from '../../bindings/FolderRow'
import type { Place } from '../../bindings/Place'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import { listed, shelfOf } from './lists'
import type { FakeStore } from './store'
import type { Talk } from './talk'
import { branch } from './tree'

const PAGE = 50

export function orderHost(store: FakeStore): Host['order'] {
  const tellFolders = () => store.tell({ kind: 'folders', folders: folderRows(store) })
  const changeFolder = (id: string, part: Partial<FakeStore['folders'][number]>) => {
    store.folders = store.folders.map((folder) => (folder.id === id ? { ...folder, ...part } : folder))
    tellFolders()
  }
  const put = (places: readonly Place[]) => {
    for (const { id, ...place } of places) {
      const talk = store.talk(id)
      talk.conversation = { ...talk.conversation, ...place }
      if (place.deletedAt === null) store.tellRow(talk)
      else store.tell({ kind: 'conversationGone', id })
    }
    tellFolders()
  }
  return {
    folders: async () => folderRows(store),
    async makeFolder(typed) {
      const name = named(typed)
      const folder = { id: crypto.randomUUID(), name, folded: false, createdAt: Date.now() }
      store.folders = [...store.folders, folder]
      tellFolders()
      return folder
    },
    renameFolder: async (id, typed) => changeFolder(id, { name: named(typed) }),
    foldFolder: async (id, folded) => changeFolder(id, { folded }),
    async removeFolder(id) {
      const folder = store.folders.find((one) => one.id === id)
      if (!folder) throw new Error('no such folder')
      const held = store.talks.filter(({ conversation }) => conversation.folderId === id)
      store.folders = store.folders.filter((one) => one.id !== id)
      put(held.map((talk) => ({ ...placeOf(talk), folderId: null })))
      return { folder, conversations: held.map(({ conversation }) => conversation.id) }
    },
    async restoreFolder({ folder, conversations }) {
      store.folders = [...store.folders, folder]
      put(conversations.map((id) => ({ ...placeOf(store.talk(id)), folderId: folder.id })))
    },
    ids: async (query) => listed(store, query).map(({ conversation }) => conversation.id),
    async arrange(ids, change) {
      const before = ids.map((id) => placeOf(store.talk(id)))
      put(before.map((place) => ({ ...place, ...changed(change) })))
      return before
    },
    putBack: async (places) => put(places),
  }
}

export function findHost(store: FakeStore): Host['find'] {
  const says = (text: string, search: string) =>
    search !== '' && text.toLowerCase().includes(search.toLowerCase())
  return {
    async said(search, after) {
      const living = store.talks.filter(({ conversation }) => conversation.deletedAt === null)
      const all = living.flatMap((talk) =>
        talk.messages.filter(({ text }) => says(text, search)).map((one) => found(talk, one, search)),
      )
      const sorted = all.toSorted((one, other) => other.createdAt - one.createdAt)
      const from = sorted.findIndex((hit) => hit.messageId === after) + 1
      return { hits: sorted.slice(from, from + PAGE), indexing: null }
    },
    saidIn: async (id, search) =>
      branch(store.talk(id))
        .filter(({ text }) => says(text, search))
        .map((message) => message.id),
  }
}

export function outHost(store: FakeStore): Host['out'] {
  return {
    async write(request) {
      store.exports.push(request)
      return { conversations: Math.max(1, request.ids.length), name: `Medley.${request.format}` }
    },
    stop: async () => {},
    show: async () => {},
    async copyMessage(id) {
      store.copied = `rich ${id}`
    },
    async copyConversation(id) {
      store.copied = `rich ${id}`
    },
  }
}

function named(typed: string): string {
  if (typed.trim() === '') throw new Failure(problem('name_missing'))
  return typed.trim()
}

export function folderRows(store: FakeStore): FolderRow[] {
  return store.folders.map((folder) => ({
    folder,
    conversations: store.talks.filter(({ conversation }) => shelfOf(conversation) === folder.id).length,
  }))
}

function placeOf({ conversation: { id, folderId, pinned, archivedAt, deletedAt } }: Talk): Place {
  return { id, folderId, pinned, archivedAt, deletedAt }
}

function changed(change: Arrange): Partial<Place> {
  if (change.kind === 'move') return { folderId: change.folderId }
  if (change.kind === 'pin' || change.kind === 'unpin') return { pinned: change.kind === 'pin' }
  if (change.kind === 'archive') return { archivedAt: Date.now() }
  if (change.kind === 'unarchive') return { archivedAt: null }
  return { deletedAt: change.kind === 'remove' ? Date.now() : null }
}

function found({ conversation }: Talk, message: Talk['messages'][number], search: string): Found {
  const at = message.text.toLowerCase().indexOf(search.toLowerCase())
  const pieces = [
    { text: message.text.slice(0, at), found: false },
    { text: message.text.slice(at, at + search.length), found: true },
    { text: message.text.slice(at + search.length), found: false },
  ]
  return {
    messageId: message.id,
    conversationId: conversation.id,
    title: conversation.title,
    archived: conversation.archivedAt !== null,
    role: message.role,
    model: message.model,
    createdAt: message.createdAt,
    excerpt: pieces.filter(({ text }) => text !== ''),
  }
}
