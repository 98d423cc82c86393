import { describe, expect, it } from 'vitest'
import type { FolderRow } from '../../../bindings/FolderRow'
import { foundLines, linesOf, type Line } from './groups'
import { row } from './sample'
import { dealt, longer } from './shelves'

const now = new Date(2026, 10, 20, 14, 30).getTime()
const at = (year: number, month: number, day: number, hour = 12) =>
  new Date(year, month - 1, day, hour).getTime()
const said = (line: Line) => (line.kind === 'label' ? line.group.kind : line.key)
const folder = (id: string, conversations: number, folded = false): FolderRow => ({
  folder: { id, name: id, folded, createdAt: 1 },
  conversations,
})

describe('linesOf', () => {
  it('labels the groups in the order of the rows', () => {
    const rows = [
      row('a', at(2026, 3, 1), { pinned: true }),
      row('b', at(2026, 11, 20, 0)),
      row('c', at(2026, 11, 19, 23)),
      row('d', at(2026, 11, 14)),
      row('e', at(2026, 11, 13)),
      row('f', at(2026, 11, 2)),
      row('g', at(2025, 11, 2)),
    ]
    const stacks = longer(dealt(rows), 'loose', [])
    expect(
      linesOf({ stacks, folders: [] }, 'newest', now).map(said),
      'November 2026 and November 2025 are two groups',
    ).toEqual(['pinned', 'a', 'today', 'b', 'yesterday', 'c', 'week', 'd', 'month', 'e', 'f', 'month', 'g'])
  })

  it('shows folders between the pinned ones and the rest, with room for what is not loaded', () => {
    const rows = [
      row('p', 9, { pinned: true, folderId: 'x' }),
      row('a', now, { folderId: 'x' }),
      row('b', now, { folderId: 'y' }),
      row('c', now),
    ]
    const folders = [folder('x', 12), folder('y', 1, true)]
    const lines = linesOf({ stacks: dealt(rows), folders }, 'newest', now)
    expect(lines.map(said)).toEqual([
      ...['pinned', 'p', 'folder-x', 'a', 'rest-x', 'folder-y', 'today', 'c', 'rest-loose'],
    ])
    expect(lines.find(({ key }) => key === 'rest-x')).toMatchObject({ rows: 11 })
  })

  it('has no days where titles give the order', () => {
    const stacks = longer(dealt([row('a', 5), row('b', now)]), 'loose', [])
    expect(linesOf({ stacks, folders: [] }, 'title', now).map(said)).toEqual(['sorted', 'a', 'b'])
  })

  it('has no lines for no rows', () => {
    const stacks = longer(dealt([]), 'loose', [])
    expect(linesOf({ stacks, folders: [] }, 'newest', now)).toEqual([])
  })
})

it('shows only a few of many titles above the messages', () => {
  const titles = Array.from({ length: 7 }, (_, index) => row(`t${index}`, index))
  const parts = { titles, hits: [], all: false, moreTitles: true, moreHits: false }
  expect(foundLines(parts).map(said)).toEqual(['titles', 't0', 't1', 't2', 't3', 't4', 'all'])
  expect(foundLines({ ...parts, all: true })).toHaveLength(9)
})
