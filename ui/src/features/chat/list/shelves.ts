// The shelves of the list: pinned ones, each folder, those in no folder, the archive. Each is read page by page on its own.
// Pure: old shelves are never changed.
import type { Conversation } from '../../../bindings/Conversation'
import type { ConversationRow } from '../../../bindings/ConversationRow'
import type { Order } from '../../../bindings/Order'
import type { Shelf } from '../../../bindings/Shelf'
import { joined, put, without } from './rows'

/** What of a shelf is loaded. */
export interface Stack {
  rows: readonly ConversationRow[]
  /** Further rows wait to be loaded. */
  more: boolean
}

/** By the id of a folder, or "pinned", "loose", "archived". */
export type Stacks = ReadonlyMap<string, Stack>

const UNREAD: Stack = { rows: [], more: true }

export function stackOf(stacks: Stacks, key: string): Stack {
  return stacks.get(key) ?? UNREAD
}

/** The shelf a conversation stands on; none while it is in the recycle bin. */
export function keyOf({ deletedAt, archivedAt, pinned, folderId }: Conversation): string | null {
  if (deletedAt !== null) return null
  if (archivedAt !== null) return 'archived'
  return pinned ? 'pinned' : (folderId ?? 'loose')
}

export function shelfFor(key: string): Shelf {
  return key === 'pinned' || key === 'loose' || key === 'archived'
    ? { kind: key }
    : { kind: 'folder', id: key }
}

/** Lays the newest conversations of all shelves on their shelves: what lies there is the beginning of each. */
export function dealt(rows: readonly ConversationRow[]): Stacks {
  const stacks = new Map<string, Stack>()
  // Pinned ones come first: behind them there are no more.
  const pinned = rows.every(({ conversation }) => conversation.pinned) && rows.length > 0
  stacks.set('pinned', { rows: [], more: pinned })
  for (const row of rows) {
    const key = keyOf(row.conversation)
    if (key === null) continue
    const { rows: before, more } = stackOf(stacks, key)
    stacks.set(key, { rows: [...before, row], more })
  }
  return stacks
}

/** Puts a conversation on its shelf, and takes it from the one where it stood before. */
export function place(stacks: Stacks, row: ConversationRow, order: Order): Stacks {
  const key = keyOf(row.conversation)
  const next = new Map(taken(stacks, row.conversation.id))
  if (key === null) return next
  const { rows, more } = stackOf(next, key)
  return next.set(key, { rows: put(rows, row, more, order), more })
}

export function taken(stacks: Stacks, id: string): Stacks {
  const next = new Map(stacks)
  for (const [key, { rows, more }] of stacks)
    if (rows.some((row) => row.conversation.id === id)) next.set(key, { rows: without(rows, id), more })
  return next
}

/** A further page of a shelf; an empty one says that there is no more. */
export function longer(stacks: Stacks, key: string, page: readonly ConversationRow[]): Stacks {
  const { rows } = stackOf(stacks, key)
  return new Map(stacks).set(key, { rows: joined(rows, page), more: page.length > 0 })
}
