// Rows of one shelf in their order. Pure: old lists are never changed.
import type { ConversationRow } from '../../../bindings/ConversationRow'
import type { Order } from '../../../bindings/Order'

/**
 * Puts a row where it belongs, in place of its older self. While more rows wait to be loaded (`more`), one
 * that belongs behind the last loaded row is left to its page.
 */
export function put(
  rows: readonly ConversationRow[],
  row: ConversationRow,
  more: boolean,
  order: Order = 'newest',
): ConversationRow[] {
  const rest = without(rows, row.conversation.id)
  const place = rest.findIndex((other) => compare[order](row, other) < 0)
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

/** Numbers in titles count as numbers, and case and accents do not count, as in the engine. */
const titles = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

const compare: Record<Order, (one: ConversationRow, other: ConversationRow) => number> = {
  newest: (one, other) => -oldest(one, other),
  oldest,
  created: (one, other) => other.conversation.createdAt - one.conversation.createdAt || -byId(one, other),
  title: (one, other) => titles.compare(one.conversation.title, other.conversation.title) || byId(one, other),
}

function oldest(one: ConversationRow, other: ConversationRow): number {
  return one.conversation.updatedAt - other.conversation.updatedAt || byId(one, other)
}

function byId(one: ConversationRow, other: ConversationRow): number {
  return one.conversation.id < other.conversation.id ? -1 : 1
}
