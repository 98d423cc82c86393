// Spans of time to look for pictures in: from a first moment on, before another. Days begin where the person is.
import type { PictureQuery } from '../../bindings/PictureQuery'

export type Span = Pick<PictureQuery, 'since' | 'until'>
export type SpanId = 'today' | 'week' | 'month' | 'year'

export const SPANS: SpanId[] = ['today', 'week', 'month', 'year']

/** The span that `now` lies in. It stays open: what comes next belongs to it too. */
export function spanOf(id: SpanId, now: Date, firstDay: number): Span {
  const [year, month, date] = [now.getFullYear(), now.getMonth(), now.getDate()]
  const begins = {
    today: () => new Date(year, month, date),
    week: () => new Date(year, month, date - ((now.getDay() - firstDay + 7) % 7)),
    month: () => new Date(year, month, 1),
    year: () => new Date(year, 0, 1),
  }[id]()
  return { since: begins.getTime(), until: null }
}

/** Which of them a span is now, if any; of several that begin together `wanted`. */
export function spanId(span: Span, now: Date, firstDay: number, wanted?: SpanId): SpanId | null {
  const same = (id: SpanId) => spanOf(id, now, firstDay).since === span.since && span.until === null
  return wanted && same(wanted) ? wanted : (SPANS.find(same) ?? null)
}

/** Whole days from `first` to `last`, written 2026-11-28; "" leaves an end open. Null when one is no day, or they are turned round. */
export function daysBetween(first: string, last: string): Span | null {
  const [since, until] = [midnight(first, 0), midnight(last, 1)]
  if (since === undefined || until === undefined || (since === null && until === null)) return null
  return since !== null && until !== null && since >= until ? null : { since, until }
}

/** A day as it is written: 2026-11-28. */
export function written(at: number): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The first moment of a day, or of one some days later; null for none, undefined for what is no day. */
function midnight(day: string, later: number): number | null | undefined {
  if (day.trim() === '') return null
  const [, year, month, date] = (/^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(day.trim()) ?? []).map(Number)
  if (year === undefined || month === undefined || date === undefined) return undefined
  const found = new Date(year, month - 1, date)
  if (found.getMonth() !== month - 1 || found.getDate() !== date) return undefined
  return new Date(year, month - 1, date + later).getTime()
}
