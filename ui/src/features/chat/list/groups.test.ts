import { describe, expect, it } from 'vitest'
import { linesOf } from './groups'
import { row } from './sample'

const now = new Date(2026, 10, 20, 14, 30).getTime()
const at = (year: number, month: number, day: number, hour = 12) =>
  new Date(year, month - 1, day, hour).getTime()

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
    const lines = linesOf(rows, now).map((line) => (line.kind === 'row' ? line.key : line.group.kind))
    expect(lines, 'November 2026 and November 2025 are two groups').toEqual([
      ...['pinned', 'a', 'today', 'b', 'yesterday', 'c', 'week', 'd', 'month', 'e', 'f', 'month', 'g'],
    ])
  })

  it('tells the month a group begins', () => {
    const [label] = linesOf([row('a', at(2025, 3, 17))], now)
    expect(label).toEqual({
      kind: 'label',
      key: `month-${at(2025, 3, 1, 0)}`,
      group: { kind: 'month', begins: at(2025, 3, 1, 0) },
    })
  })

  it('has no lines for no rows', () => {
    expect(linesOf([], now)).toEqual([])
  })
})
