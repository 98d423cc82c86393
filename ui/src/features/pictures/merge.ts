// What is being made, laid before the pictures that are here: one list for the wall.
import type { Generation } from '../../bindings/Generation'
import type { Shapes } from './layout'
import { ratioOf } from './options'

export interface DayShown {
  begins: number
  count: number
  making: number
}

function today(): number {
  return new Date().setHours(0, 0, 0, 0)
}

/** Whether what is being made joins the pictures of today, or makes a day of its own. */
function joins({ days }: Shapes): boolean {
  const [first] = days
  return first !== undefined && first.begins >= today()
}

/** What is being made has the shape of its picture, but never less room than its words and buttons need. */
function roomFor({ state, options }: Generation): number {
  const least: Partial<Record<Generation['state'], number>> = { running: 75, queued: 100 }
  return Math.max(ratioOf(options), least[state] ?? 140)
}

/** The shapes of what is being made before those of the pictures. */
export function merged(outline: Shapes, makings: readonly Generation[]): Shapes {
  if (makings.length === 0) return outline
  const ratios = [...makings.map(roomFor), ...outline.ratios]
  const [first, ...rest] = outline.days
  const days =
    first && joins(outline)
      ? [{ ...first, count: first.count + makings.length }, ...rest]
      : [{ begins: today(), count: makings.length }, ...outline.days]
  return { days, ratios }
}

export function shown(outline: Shapes, makings: readonly Generation[]): DayShown[] {
  const making = makings.filter(({ state }) => state === 'queued' || state === 'running').length
  const days = outline.days.map((day) => ({ ...day, making: 0 }))
  if (makings.length === 0) return days
  const [first, ...rest] = days
  return first && joins(outline)
    ? [{ ...first, making }, ...rest]
    : [{ begins: today(), count: 0, making }, ...days]
}
