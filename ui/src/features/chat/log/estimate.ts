// How high a message will be, before it is read: from its length, who speaks and the width of the column.
import type { OutlineEntry } from '../../../bindings/OutlineEntry'

export interface Column {
  /** Width of running text, pixels. */
  width: number
  /** Width that answers side by side share, pixels. */
  wide: number
  /** Size of one rem, pixels; everything else follows the text size. */
  rem: number
}

/** A letter of running text is about this much of its size wide. */
const LETTER = 0.5
/** Size and line of reading text in rem, as in the tokens. */
const SIZE = 0.9375
const LINE = SIZE * 1.62
/** What stands around the text: slips have padding; answers have headings, gaps between blocks and a row of actions. */
const AROUND = { user: 5.1, assistant: 5.4 }
/** Answers are broken into short paragraphs, lists and code: they need more lines than their letters would fill. */
const LOOSE = { user: 1.05, assistant: 1.3 }
/** Answers side by side have a bar above them, and a button each. */
const BESIDE = 5.5
/** Between them, and the narrowest they get, in rem, as in the styles. */
const GAP = 1.5
const NARROWEST = 14.5

/** The estimate in pixels, the gap below the message included. */
export function estimate(entry: Pick<OutlineEntry, 'role' | 'length' | 'beside'>, column: Column): number {
  const letters = Math.max(20, widthOf(entry.beside?.length ?? 1, column) / (LETTER * SIZE * column.rem))
  const lines = Math.max(1, Math.ceil((entry.length * LOOSE[entry.role]) / letters))
  return Math.round((lines * LINE + AROUND[entry.role] + (entry.beside ? BESIDE : 0)) * column.rem)
}

function widthOf(columns: number, { width, wide, rem }: Column): number {
  if (columns === 1) return width
  return Math.max(NARROWEST * rem, wide / columns - GAP * rem)
}
