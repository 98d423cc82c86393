// Which of the fake's conversations stand on a list, and in what order.
import type { Conversation } from '../../bindings/Conversation'
import type { ListConversations } from '../../bindings/ListConversations'
import type { FakeStore } from './store'
import type { Talk } from './talk'

/** The shelf a conversation stands on: a folder's id, or the name of one that is always there. */
export function shelfOf({ deletedAt, archivedAt, pinned, folderId }: Conversation): string | null {
  if (deletedAt !== null) return null
  if (archivedAt !== null) return 'archived'
  return pinned ? 'pinned' : (folderId ?? 'loose')
}

/** Everything on a list. */
export function listed(store: FakeStore, { search, shelf, order }: ListConversations): Talk[] {
  const wanted = shelf?.kind === 'folder' ? shelf.id : shelf?.kind
  return store.talks
    .filter(({ conversation }) => conversation.deletedAt === null)
    .filter(({ conversation }) => !wanted || shelfOf(conversation) === wanted)
    .filter(({ conversation: { title } }) => title.toLowerCase().includes(search.toLowerCase()))
    .toSorted((one, other) => {
      if (order === 'title') return one.conversation.title.localeCompare(other.conversation.title)
      const later = rank(other, Boolean(wanted)) - rank(one, Boolean(wanted))
      return order === 'oldest' ? -later : later
    })
}

function rank({ conversation: { pinned, archivedAt, updatedAt } }: Talk, alone: boolean) {
  if (alone) return updatedAt
  const far = Number.MAX_SAFE_INTEGER / 4
  return (archivedAt === null ? far : 0) + (pinned ? far : 0) + updatedAt
}
