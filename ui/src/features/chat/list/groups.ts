// Cuts the list of conversations into what people call pinned, today, yesterday, this week and the months before.
import type { Conversation } from '../../../bindings/Conversation'
import type { ConversationRow } from '../../../bindings/ConversationRow'

export type Group = { kind: 'pinned' | 'today' | 'yesterday' | 'week' } | { kind: 'month'; begins: number }

export type Line =
  { kind: 'label'; key: string; group: Group } | { kind: 'row'; key: string; row: ConversationRow }

/** The lines of the list: rows in their order, a label wherever a new group begins. */
export function linesOf(rows: readonly ConversationRow[], now: number): Line[] {
  const days = daysAround(now)
  const lines: Line[] = []
  let last = ''
  for (const row of rows) {
    const group = groupOf(row.conversation, days)
    const key = group.kind === 'month' ? `month-${group.begins}` : group.kind
    if (key !== last) lines.push({ kind: 'label', key, group })
    last = key
    lines.push({ kind: 'row', key: row.conversation.id, row })
  }
  return lines
}

interface Days {
  today: number
  yesterday: number
  week: number
}

function daysAround(now: number): Days {
  const day = new Date(now)
  day.setHours(0, 0, 0, 0)
  return { today: day.getTime(), yesterday: daysBefore(day, 1), week: daysBefore(day, 6) }
}

/** Midnight some days earlier; days are not always 24 hours long. */
function daysBefore(day: Date, count: number): number {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - count).getTime()
}

function groupOf(conversation: Conversation, days: Days): Group {
  const at = conversation.updatedAt
  if (conversation.pinned) return { kind: 'pinned' }
  if (at >= days.today) return { kind: 'today' }
  if (at >= days.yesterday) return { kind: 'yesterday' }
  if (at >= days.week) return { kind: 'week' }
  const day = new Date(at)
  return { kind: 'month', begins: new Date(day.getFullYear(), day.getMonth(), 1).getTime() }
}
