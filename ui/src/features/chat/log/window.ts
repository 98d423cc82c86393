// Which rows are drawn: those in view and some on either side, never more than a cap.
import type { Heights } from './heights'

export interface Span {
  /** First row drawn. */
  start: number
  /** Row behind the last one drawn. */
  end: number
}

export interface View {
  /** Scroll offset, pixels. */
  top: number
  /** Height of what is seen, pixels. */
  height: number
}

/** More rows than this are never in the page at once. */
export const MOST_ROWS = 60

/** The rows to draw for a view: one view's height more on either side, so that scrolling meets finished rows. */
export function spanOf(heights: Heights, view: View, over = view.height): Span {
  if (heights.count === 0) return { start: 0, end: 0 }
  const first = heights.at(view.top)
  const last = heights.at(view.top + view.height)
  let start = heights.at(Math.max(0, view.top - over))
  let end = heights.at(view.top + view.height + over) + 1
  const spare = Math.max(0, MOST_ROWS - (last - first + 1))
  start = Math.max(start, first - Math.floor(spare / 2))
  end = Math.min(end, last + 1 + Math.ceil(spare / 2))
  return { start, end: Math.min(end, start + MOST_ROWS) }
}
