// What a hand does to a picture: drags it, pinches it, turns the wheel over it, presses it twice.
import type { Attachment } from 'svelte/attachments'
import type { Point } from './zoom'
import type { Zoom } from './zoom.svelte'

/** How much closer one notch of a wheel brings it: about a fifth. */
const NOTCH = 0.002
/** Wheels that count in lines. */
const LINE = 16
/** Less than this is a press and not a drag, pixels. */
const STILL = 3

/** Safari's own event for two fingers on a trackpad. */
interface GestureEvent extends UIEvent {
  scale: number
  clientX: number
  clientY: number
}

export function hand(zoom: Zoom): Attachment<HTMLElement> {
  return (pane) => {
    const fingers = new Map<number, Point>()
    let pinched = 1
    let moved = 0

    const at = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
      const { left, top } = pane.getBoundingClientRect()
      return { x: clientX - left, y: clientY - top }
    }

    function wheel(event: WheelEvent) {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE
      // Two fingers on a trackpad arrive as a wheel with Ctrl.
      if (event.ctrlKey || event.metaKey) zoom.by(Math.exp(-event.deltaY * unit * NOTCH), at(event))
      else if (zoom.movable) zoom.move(-event.deltaX * unit, -event.deltaY * unit)
      else return
      event.preventDefault()
    }

    function pressed(event: PointerEvent) {
      if (event.button !== 0 || !isPicture(event.target)) return
      if (fingers.size === 0) moved = 0
      fingers.set(event.pointerId, at(event))
      if (zoom.movable || fingers.size > 1) pane.setPointerCapture(event.pointerId)
    }

    function dragged(event: PointerEvent) {
      const from = fingers.get(event.pointerId)
      if (!from) return
      // It was lifted where nobody heard of it.
      if (event.pointerType === 'mouse' && event.buttons === 0) return void fingers.delete(event.pointerId)
      const to = at(event)
      const other = [...fingers].find(([finger]) => finger !== event.pointerId)?.[1]
      fingers.set(event.pointerId, to)
      moved += far(from, to)
      if (other) zoom.by(far(to, other) / Math.max(far(from, other), 1), between(to, other))
      else if (moved > STILL) zoom.move(to.x - from.x, to.y - from.y)
    }

    function letGo(event: PointerEvent) {
      fingers.delete(event.pointerId)
    }

    function twice(event: MouseEvent) {
      if (moved <= STILL && isPicture(event.target)) zoom.turn(at(event))
    }

    function gesture(event: Event) {
      const { type, scale, clientX, clientY } = event as GestureEvent
      event.preventDefault()
      if (type === 'gesturechange') zoom.by(scale / pinched, at({ clientX, clientY }))
      pinched = type === 'gesturestart' ? 1 : scale
    }

    const ways: Record<string, (event: never) => void> = {
      wheel,
      pointerdown: pressed,
      pointermove: dragged,
      pointerup: letGo,
      pointercancel: letGo,
      dblclick: twice,
      gesturestart: gesture,
      gesturechange: gesture,
    }
    for (const [name, way] of Object.entries(ways))
      pane.addEventListener(name, way as EventListener, { passive: false })
    return () => {
      for (const [name, way] of Object.entries(ways)) pane.removeEventListener(name, way as EventListener)
    }
  }
}

/** Not a slider that lies over it. */
function isPicture(target: EventTarget | null) {
  return target instanceof Element && !target.closest('input, button')
}

function far(one: Point, other: Point) {
  return Math.hypot(one.x - other.x, one.y - other.y)
}

function between(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }
}
