// Where a floating box goes: beside its anchor, on the side that has room, never outside the window.

export interface Spot {
  side?: 'below' | 'above'
  align?: 'start' | 'end' | 'centre'
  /** Pixels between anchor and box. */
  gap?: number
}

/** A rectangle, or a point where a context menu was asked for. */
export type Anchor = Element | { x: number; y: number }

const EDGE = 8

/** Moves `box` (position: fixed) to its spot and limits its height to the room there. */
export function place(box: HTMLElement, anchor: Anchor, { side = 'below', align = 'start', gap = 6 }: Spot) {
  const at =
    anchor instanceof Element ? anchor.getBoundingClientRect() : new DOMRect(anchor.x, anchor.y, 0, 0)
  box.style.maxHeight = ''
  const wanted = box.scrollHeight + 2
  const below = innerHeight - at.bottom - gap - EDGE
  const above = at.top - gap - EDGE
  const down = side === 'below' ? wanted <= below || below >= above : !(wanted <= above || above >= below)
  const height = Math.min(wanted, down ? below : above)
  box.style.maxHeight = `${Math.max(height, 96)}px`
  const top = down ? at.bottom + gap : at.top - gap - height
  box.style.top = `${Math.max(EDGE, top)}px`
  box.style.left = `${within(left(box, at, align), innerWidth - box.offsetWidth - EDGE)}px`
}

function left(box: HTMLElement, at: DOMRect, align: Spot['align']) {
  const endSide = (align === 'end') !== (getComputedStyle(box).direction === 'rtl')
  if (align === 'centre') return at.left + (at.width - box.offsetWidth) / 2
  return endSide ? at.right - box.offsetWidth : at.left
}

function within(value: number, most: number) {
  return Math.max(EDGE, Math.min(value, most))
}
