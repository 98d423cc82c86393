import { describe, expect, it } from 'vitest'
import { daysBetween, spanId, spanOf, SPANS, written } from './spans'

const SATURDAY = new Date(2026, 10, 28, 14, 2)
const at = (year: number, month: number, day: number) => new Date(year, month - 1, day).getTime()

describe('spans of time', () => {
  it('begin where the person is, and weeks as they count them', () => {
    const since = (id: (typeof SPANS)[number], firstDay: number, now = SATURDAY) =>
      spanOf(id, now, firstDay).since
    expect(since('today', 1)).toBe(at(2026, 11, 28))
    expect(since('week', 1)).toBe(at(2026, 11, 23))
    expect(since('week', 0)).toBe(at(2026, 11, 22))
    expect(since('week', 6)).toBe(at(2026, 11, 28))
    expect(since('week', 1, new Date(2026, 10, 29))).toBe(at(2026, 11, 23))
    expect(since('month', 1)).toBe(at(2026, 11, 1))
    expect(since('year', 1)).toBe(at(2026, 1, 1))
  })

  it('are known again', () => {
    for (const id of SPANS) expect(spanId(spanOf(id, SATURDAY, 1), SATURDAY, 1)).toBe(id)
    expect(spanId({ since: at(2026, 11, 2), until: null }, SATURDAY, 1)).toBeNull()
    expect(spanId({ since: at(2026, 11, 1), until: at(2026, 11, 5) }, SATURDAY, 1)).toBeNull()
  })

  it('of one’s own hold both days whole', () => {
    expect(daysBetween('2026-11-03', '2026-11-05')).toEqual({
      since: at(2026, 11, 3),
      until: at(2026, 11, 6),
    })
    expect(daysBetween('2026-11-03', '2026-11-03')).toEqual({
      since: at(2026, 11, 3),
      until: at(2026, 11, 4),
    })
    expect(daysBetween('', '2026-12-31')).toEqual({ since: null, until: at(2027, 1, 1) })
    expect(daysBetween('2026-1-2', '')).toEqual({ since: at(2026, 1, 2), until: null })
  })

  it('refuse what is no span', () => {
    for (const [first, last] of [
      ['', ''],
      ['2026-02-30', ''],
      ['yesterday', ''],
      ['2026-13-01', ''],
      ['2026-11-05', '2026-11-03'],
    ] as const)
      expect(daysBetween(first, last), `${first} to ${last}`).toBeNull()
  })

  it('are written as they are read', () => {
    expect(written(at(2026, 1, 2))).toBe('2026-01-02')
  })
})
