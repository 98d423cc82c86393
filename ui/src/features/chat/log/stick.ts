// When the view follows what is being written, and how it stays still when heights above it change.
import type { Heights } from './heights'

/** So near to the end counts as being there, pixels. */
export const NEAR = 32

export interface Scrolled {
  top: number
  /** Height of what is seen. */
  height: number
  /** Height of everything. */
  whole: number
}

/** How far the end lies below what is seen, pixels. */
export function belowView(at: Scrolled): number {
  return Math.max(0, at.whole - at.top - at.height)
}

/**
 * Whether the view follows the end after a scroll. Only the person's own way up unsticks, and reaching the end sticks
 * again. Content that changes its height can move the offset too: then it takes a sign of the person (`meant`). It can
 * shrink and grow again in between, so a height that changed a moment ago (`alive`) counts as well, for less than a view.
 */
export function follows(was: boolean, last: Scrolled, now: Scrolled, meant: boolean, alive = false): boolean {
  if (belowView(now) <= NEAR) return true
  const shrank = alive && last.top - now.top < now.height
  const byContent = (shrank || now.whole !== last.whole) && !meant
  return was && (byContent || now.top >= last.top - 1)
}

export interface Measured {
  index: number
  height: number
}

/** Puts measured heights in place and answers by how much the scroll offset must move so that the view stands still. */
export function settle(heights: Heights, top: number, measured: readonly Measured[]): number {
  const first = heights.at(top)
  let shift = 0
  for (const { index, height } of measured) {
    const delta = heights.set(index, height)
    if (index < first) shift += delta
  }
  return shift
}
