// How closely a picture is looked at, and where. Two pictures that are compared share one.
import {
  fitting,
  framed,
  heldAt,
  limited,
  MIDDLE,
  middleOf,
  reachesOut,
  showsPixels,
  stopFrom,
  type Frame,
  type Point,
  type Size,
} from './zoom'

const NOTHING: Size = { width: 0, height: 0 }
/** Looking closer at what fits anyway. */
const CLOSER = 2
/** An arrow key moves the picture by this share of the pane. */
const STRIDE = 0.15

export class Zoom {
  pane = $state.raw<Size>(NOTHING)
  size = $state.raw<Size>(NOTHING)
  density = $state(1)
  /** Null while all of it is shown, whatever the size of the window. */
  #chosen = $state<number | null>(null)
  #middle = $state.raw<Point>(MIDDLE)

  readonly fit = $derived(fitting(this.pane, this.size, this.density))
  readonly scale = $derived(this.#chosen === null ? this.fit : limited(this.#chosen, this.fit))
  readonly frame: Frame = $derived(framed(this.pane, this.size, this.scale, this.#middle, this.density))
  /** Closer than all of it. */
  readonly closer = $derived(this.scale > this.fit * 1.001)
  readonly movable = $derived(reachesOut(this.pane, this.frame))
  readonly pixels = $derived(showsPixels(this.scale))
  readonly largest = $derived(stopFrom(this.scale, 1, this.fit) <= this.scale)

  /** All of it, from the beginning. */
  all(): void {
    this.#chosen = null
    this.#middle = MIDDLE
  }

  /** As it is, pixel for pixel. */
  actual(at?: Point): void {
    this.to(1, at)
  }

  step(by: 1 | -1, at?: Point): void {
    this.to(stopFrom(this.scale, by, this.fit), at)
  }

  /** What lies at this point of the pane stays there; the middle where none is told. */
  to(scale: number, at: Point = { x: this.pane.width / 2, y: this.pane.height / 2 }): void {
    const wanted = limited(scale, this.fit)
    if (wanted <= this.fit) return this.all()
    const middle = heldAt(this.pane, this.frame, wanted / this.scale, at)
    this.#chosen = wanted
    this.#settle(middle)
  }

  by(times: number, at: Point): void {
    this.to(this.scale * times, at)
  }

  /** Back and forth between all of it and a closer look. */
  turn(at: Point): void {
    if (this.closer) this.all()
    else this.to(this.fit < 1 ? 1 : CLOSER, at)
  }

  /** Moves the picture by so many pixels. */
  move(x: number, y: number): void {
    if (!this.movable) return
    const { frame, pane } = this
    this.#settle(middleOf(pane, { ...frame, left: frame.left + x, top: frame.top + y }))
  }

  /** Moves what is looked at by a part of the pane. */
  stride(x: number, y: number): void {
    this.move(-x * STRIDE * this.pane.width, -y * STRIDE * this.pane.height)
  }

  /** Where it really came to lie: a drag against the edge is not remembered. */
  #settle(middle: Point): void {
    this.#middle = middle
    this.#middle = middleOf(this.pane, this.frame)
  }
}
