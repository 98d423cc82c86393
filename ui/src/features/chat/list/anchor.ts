// Where a menu opens that was asked for by the right button or by the menu key.
import type { Anchor } from '../../../kit/place'

export function anchorOf(event: MouseEvent): Anchor {
  event.preventDefault()
  // The menu key has no pointer: the menu opens at the row.
  const byKey = event.clientX === 0 && event.clientY === 0
  return byKey ? (event.currentTarget as HTMLElement) : { x: event.clientX, y: event.clientY }
}
