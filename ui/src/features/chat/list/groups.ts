// The lines of the list: pinned ones, folders, and the rest cut into what people call today, yesterday, this week and the
// months before; or what was found.
import type { ConversationRow } from '../../../bindings/ConversationRow'
import type { FolderRow } from '../../../bindings/FolderRow'
import type { Found } from '../../../bindings/Found'
import type { Order } from '../../../bindings/Order'
import { stackOf, type Stack, type Stacks } from './shelves'

export type Group =
  | { kind: 'pinned' | 'today' | 'yesterday' | 'week' | 'titles' | 'sorted' | 'said' }
  | { kind: 'month'; begins: number }

export type Line =
  | { kind: 'label'; key: string; group: Group; loose: boolean }
  | { kind: 'folder'; key: string; row: FolderRow }
  | { kind: 'row'; key: string; row: ConversationRow }
  | { kind: 'hit'; key: string; hit: Found }
  /** Room for rows that are not loaded yet; when it comes near, they are asked for. */
  | { kind: 'rest'; key: string; of: string; rows: number }
  /** "Show all titles". */
  | { kind: 'all'; key: string }

/** Titles shown above the messages until the person asks for all. */
export const FEW = 5

export function linesOf(
  { stacks, folders }: { stacks: Stacks; folders: readonly FolderRow[] },
  order: Order,
  now: number,
): Line[] {
  const pinned = shelf('pinned', stackOf(stacks, 'pinned'))
  const label: Line = { kind: 'label', key: 'label-pinned', group: { kind: 'pinned' }, loose: false }
  return [
    ...(pinned.some(({ kind }) => kind === 'row') ? [label] : []),
    ...pinned,
    ...folders.flatMap((row) => folderLines(row, stackOf(stacks, row.folder.id))),
    ...looseLines(stackOf(stacks, 'loose'), order, now),
  ]
}

export function archiveLines(stacks: Stacks): Line[] {
  return shelf('archived', stackOf(stacks, 'archived'))
}

export interface FoundParts {
  titles: readonly ConversationRow[]
  hits: readonly Found[]
  all: boolean
  moreTitles: boolean
  moreHits: boolean
}

export function foundLines({ titles, hits, all, moreTitles, moreHits }: FoundParts): Line[] {
  const lines: Line[] = []
  const shown = all ? titles : titles.slice(0, FEW)
  if (shown.length > 0) lines.push(labelled({ kind: 'titles' }))
  lines.push(...shown.map(rowLine))
  if (all && moreTitles) lines.push(rest('titles'))
  if (!all && titles.length > FEW) lines.push({ kind: 'all', key: 'all' })
  if (hits.length > 0) lines.push(labelled({ kind: 'said' }))
  lines.push(...hits.map((hit): Line => ({ kind: 'hit', key: `hit-${hit.messageId}`, hit })))
  if (hits.length > 0 && moreHits) lines.push(rest('hits'))
  return lines
}

function folderLines(row: FolderRow, { rows, more }: Stack): Line[] {
  const { folder, conversations } = row
  const line: Line = { kind: 'folder', key: `folder-${folder.id}`, row }
  if (folder.folded) return [line]
  const left = conversations - rows.length
  return [line, ...rows.map(rowLine), ...(more && left > 0 ? [rest(folder.id, left)] : [])]
}

/** Those in no folder, with a label wherever a new group begins. */
function looseLines({ rows, more }: Stack, order: Order, now: number): Line[] {
  const days = daysAround(now)
  const lines: Line[] = []
  let last = ''
  for (const row of rows) {
    const { createdAt, updatedAt } = row.conversation
    const at = order === 'created' ? createdAt : updatedAt
    const group = order === 'title' ? ({ kind: 'sorted' } as const) : groupOf(at, days)
    const label = labelled(group, true)
    if (label.key !== last) lines.push(label)
    last = label.key
    lines.push(rowLine(row))
  }
  return more ? [...lines, rest('loose')] : lines
}

function shelf(key: string, { rows, more }: Stack): Line[] {
  return [...rows.map(rowLine), ...(more ? [rest(key)] : [])]
}

function rowLine(row: ConversationRow): Line {
  return { kind: 'row', key: row.conversation.id, row }
}

function rest(of: string, rows = 1): Line {
  return { kind: 'rest', key: `rest-${of}`, of, rows }
}

function labelled(group: Group, loose = false): Line {
  const key = group.kind === 'month' ? `month-${group.begins}` : `label-${group.kind}`
  return { kind: 'label', key, group, loose }
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

function groupOf(at: number, days: Days): Group {
  if (at >= days.today) return { kind: 'today' }
  if (at >= days.yesterday) return { kind: 'yesterday' }
  if (at >= days.week) return { kind: 'week' }
  const day = new Date(at)
  return { kind: 'month', begins: new Date(day.getFullYear(), day.getMonth(), 1).getTime() }
}
