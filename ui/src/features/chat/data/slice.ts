// Which rows of a long list are drawn: those in view and a few around them. All rows are equally high.

/** Rows drawn above and below the view. */
const AROUND = 8

export interface Seen {
  top: number
  height: number
}

export interface Slice {
  from: number
  to: number
}

export function slice(count: number, row: number, seen: Seen): Slice {
  if (row <= 0) return { from: 0, to: Math.min(count, AROUND) }
  const from = Math.max(0, Math.floor(seen.top / row) - AROUND)
  const to = Math.min(count, Math.ceil((seen.top + seen.height) / row) + AROUND)
  return { from: Math.min(from, count), to: Math.max(to, Math.min(from, count)) }
}
