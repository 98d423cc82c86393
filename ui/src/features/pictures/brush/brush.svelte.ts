// The brush: where it is, how wide, and what it did. Everything is measured in the pixels of the picture, so it is the
// same in a small window and in a large one.
import type { PaintedMark } from '../../../bindings/PaintedMark'

/** Steps of the slider, and of [ and ]. */
export const SIZES = 100
const SIZE_STEP = 5
/** The widest brush is this part of the shorter side. */
const WIDEST = 0.5

export class Brush {
  marks = $state.raw<readonly PaintedMark[]>([])
  undone = $state.raw<readonly PaintedMark[]>([])
  /** From 1 to 100. */
  size = $state(20)
  erases = $state(false)
  x = $state(0)
  y = $state(0)
  /** The pointer or a key has brought it over the picture. */
  shown = $state(false)
  readonly width: number
  readonly height: number
  #stroke = $state.raw<number[] | null>(null)

  constructor(width: number, height: number, marks: readonly PaintedMark[]) {
    this.width = width
    this.height = height
    this.marks = marks
    this.x = Math.round(width / 2)
    this.y = Math.round(height / 2)
  }

  /** How wide it is, in pixels of the picture. */
  get wide(): number {
    return Math.max(1, Math.round((Math.min(this.width, this.height) * WIDEST * this.size) / SIZES))
  }

  resize(size: number): void {
    this.size = Math.max(1, Math.min(SIZES, size))
  }

  wider(by: 1 | -1): void {
    // 1 is no multiple of five, and nobody wants 6, 11 and 16 from there on.
    this.resize(by === 1 && this.size === 1 ? SIZE_STEP : this.size + by * SIZE_STEP)
  }

  move(x: number, y: number): void {
    this.x = Math.round(Math.max(0, Math.min(this.width - 1, x)))
    this.y = Math.round(Math.max(0, Math.min(this.height - 1, y)))
    this.shown = true
  }

  /** Puts the brush down. */
  begin(x: number, y: number): void {
    this.move(x, y)
    this.#stroke = [Math.round(x), Math.round(y)]
    this.undone = []
    this.marks = [...this.marks, this.#mark(this.#stroke)]
  }

  /** Draws it on. Points that are nearer than would show are left out. */
  go(x: number, y: number): void {
    this.move(x, y)
    if (!this.#stroke) return
    const [lastX = 0, lastY = 0] = this.#stroke.slice(-2)
    if (Math.hypot(x - lastX, y - lastY) < Math.max(1, this.wide / 12)) return
    this.#stroke = [...this.#stroke, Math.round(x), Math.round(y)]
    this.marks = [...this.marks.slice(0, -1), this.#mark(this.#stroke)]
  }

  /** Lifts it. */
  end(): void {
    this.#stroke = null
  }

  get isDown(): boolean {
    return this.#stroke !== null
  }

  invert(): void {
    this.#add({ kind: 'invert' })
  }

  clear(): void {
    if (this.marks.length > 0) this.#add({ kind: 'clear' })
  }

  undo(): void {
    const last = this.marks.at(-1)
    if (!last || this.isDown) return
    this.marks = this.marks.slice(0, -1)
    this.undone = [...this.undone, last]
  }

  redo(): void {
    const next = this.undone.at(-1)
    if (!next || this.isDown) return
    this.undone = this.undone.slice(0, -1)
    this.marks = [...this.marks, next]
  }

  #add(mark: PaintedMark): void {
    this.end()
    this.undone = []
    this.marks = [...this.marks, mark]
  }

  #mark(points: number[]): PaintedMark {
    return { kind: this.erases ? 'erase' : 'paint', size: this.wide, points }
  }
}
