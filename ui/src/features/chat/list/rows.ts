// The rows of the list in their order: pinned ones first, then the newest. Pure: old lists are never changed.
import type { ConversationRow } from '../../../bindings/ConversationRow'

/**
 * Puts a row where it belongs, in place of its older self. While more rows wait to be loaded (`more`), one
 * that belongs behind the last loaded row is left to its page.
 */
export function put(
  rows: readonly ConversationRow[],
  row: ConversationRow,
  more: boolean,
): ConversationRow[] {
  const rest = without(rows, row.conversation.id)
  if (row.conversation.deletedAt !== null) return rest
  const place = rest.findIndex((other) => order(row, other) < 0)
  if (place >= 0) return [...rest.slice(0, place), row, ...rest.slice(place)]
  return more ? rest : [...rest, row]
}

export function without(rows: readonly ConversationRow[], id: string): ConversationRow[] {
  return rows.filter((row) => row.conversation.id !== id)
}

/** A further page behind the rows that are there; what moved in between is not shown twice. */
export function joined(
  rows: readonly ConversationRow[],
  page: readonly ConversationRow[],
): ConversationRow[] {
  const known = new Set(rows.map((row) => row.conversation.id))
  return [...rows, ...page.filter((row) => !known.has(row.conversation.id))]
}

function order(one: ConversationRow, other: ConversationRow): number {
  const a = one.conversation
  const b = other.conversation
  if (a.pinned !== b.pinned) return a.pinned ? -1 : 1
  if (a.updatedAt !== b.updatedAt) return b.updatedAt - a.updatedAt
  return a.id < b.id ? 1 : -1
}
