// Where every picture of the gallery stands: rows of equal height that fill the width, day by day. All of it is
// computed from the shapes alone, so the scroll bar is right before a single picture is here, and finding what
// is in view costs a few steps however long the gallery is.
import type { PictureOutline } from '../../bindings/PictureOutline'

/** What is laid out. */
export type Shapes = Pick<PictureOutline, 'days' | 'ratios'>

/** Sizes in pixels. */
export interface Measure {
  width: number
  /** The height a row should have. */
  row: number
  gap: number
  /** The heading of a day. */
  heading: number
}

export interface Tile {
  /** Its place in the gallery, newest first. */
  index: number
  left: number
  width: number
}

/** A line of the gallery: the heading of a day, or pictures side by side. */
export interface Line {
  /** Its number among all lines, from 0. */
  line: number
  top: number
  height: number
  /** Which day it belongs to. */
  day: number
  /** Null for a heading. */
  tiles: Tile[] | null
}

/** Shapes beyond these would make a row of one picture; such a picture is shown whole inside its tile. */
const NARROWEST = 0.4
const WIDEST = 3.2
/** A row of few may be this much higher than wished. */
const HIGHEST = 1.5
/** The last row of a day is blown up only where it nearly fills the width anyway. */
const LAST = 1.15

export function shape(ratio: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, ratio / 100 || 1))
}

export class Layout {
  /** Height of everything. */
  readonly height: number
  /** How many lines there are, headings included. */
  readonly lines: number
  /** How many pictures. */
  readonly count: number
  readonly #ratios: ArrayLike<number>
  readonly #measure: Measure
  /** Of each line: its top, its first picture, its day; a heading holds no picture. */
  readonly #tops: Float64Array
  readonly #firsts: Uint32Array
  readonly #days: Uint32Array

  constructor({ days, ratios }: Shapes, measure: Measure) {
    this.#ratios = ratios
    this.#measure = measure
    this.count = ratios.length
    const room = ratios.length + days.length + 1
    const tops = new Float64Array(room)
    const firsts = new Uint32Array(room)
    const ofDay = new Uint32Array(room)
    const { width, row, gap, heading } = measure
    let [line, top, index] = [0, 0, 0]
    const put = (day: number, height: number) => {
      tops[line] = top
      firsts[line] = index
      ofDay[line] = day
      line++
      top += height
    }
    for (const [day, { count }] of days.entries()) {
      const end = Math.min(index + count, ratios.length)
      if (index === end) continue
      put(day, heading)
      while (index < end) {
        const { next, height } = fill(ratios, index, end, width, row, gap)
        put(day, height + gap)
        index = next
      }
    }
    tops[line] = top
    firsts[line] = index
    this.#tops = tops.subarray(0, line + 1)
    this.#firsts = firsts.subarray(0, line + 1)
    this.#days = ofDay.subarray(0, line + 1)
    this.lines = line
    this.height = top
  }

  /** The lines that can be seen between two heights. */
  between(top: number, bottom: number): Line[] {
    const found: Line[] = []
    if (this.lines === 0) return found
    for (let line = this.#lineAt(top); line < this.lines && this.#top(line) < bottom; line++)
      found.push(this.line(line))
    return found
  }

  line(line: number): Line {
    const top = this.#top(line)
    const [first, last] = [this.#firsts[line] ?? 0, this.#firsts[line + 1] ?? 0]
    const day = this.#days[line] ?? 0
    const whole = this.#top(line + 1) - top
    if (first === last) return { line, top, height: whole, day, tiles: null }
    const height = whole - this.#measure.gap
    let left = 0
    const tiles: Tile[] = []
    for (let index = first; index < last; index++) {
      const width = shape(this.#ratios[index] ?? 100) * height
      tiles.push({ index, left, width })
      left += width + this.#measure.gap
    }
    return { line, top, height, day, tiles }
  }

  /** The line in which a picture stands. */
  lineOf(index: number): number {
    let line = above(this.#firsts, Math.min(index, this.count - 1), this.lines) - 1
    // A heading begins with the same picture as the row under it; the row is meant.
    if (line < 0) line = 0
    return this.#firsts[line] === this.#firsts[line + 1] ? line + 1 : line
  }

  /** The picture in the next row up or down that stands nearest under or over this one; itself at the ends. */
  beside(index: number, step: 1 | -1): number {
    const here = this.line(this.lineOf(index))
    const from = here.tiles?.find((tile) => tile.index === index)
    let next = here.line + step
    while (next >= 0 && next < this.lines && this.line(next).tiles === null) next += step
    const tiles = next >= 0 && next < this.lines ? this.line(next).tiles : null
    if (!from || !tiles) return index
    const middle = from.left + from.width / 2
    const off = (tile: Tile) => Math.max(tile.left - middle, middle - tile.left - tile.width, 0)
    return tiles.reduce((best, tile) => (off(tile) < off(best) ? tile : best)).index
  }

  /** The first and the last picture of the row in which one stands. */
  ends(index: number): [number, number] {
    const line = this.lineOf(index)
    return [this.#firsts[line] ?? 0, (this.#firsts[line + 1] ?? 1) - 1]
  }

  #top(line: number): number {
    return this.#tops[line] ?? 0
  }

  #lineAt(top: number): number {
    return Math.max(0, above(this.#tops, top, this.lines) - 1)
  }
}

/** How many values of a rising list, of its first `length`, are at most this. */
function above(values: ArrayLike<number>, value: number, length: number): number {
  let [low, high] = [0, length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) <= value) low = middle + 1
    else high = middle
  }
  return low
}

/** Fills one row: takes pictures until it is as near to the wished height as it gets. */
function fill(
  ratios: ArrayLike<number>,
  from: number,
  end: number,
  width: number,
  row: number,
  gap: number,
): { next: number; height: number } {
  let sum = 0
  let before = Infinity
  for (let index = from; index < end; index++) {
    sum += shape(ratios[index] ?? 100)
    const height = (width - gap * (index - from)) / sum
    if (height <= row) {
      // One fewer makes the row higher: whichever is nearer, seen as a factor.
      const fewer = before <= row * HIGHEST && before / row < row / height
      return fewer ? { next: index, height: before } : { next: index + 1, height }
    }
    before = height
  }
  return { next: end, height: before <= row * LAST ? before : row }
}
