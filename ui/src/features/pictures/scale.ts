// Browsers stop at some millions of pixels. A gallery higher than that scrolls in a box of a height they can draw:
// near both ends it is true to the pixel, between them the scroll bar runs faster. Small steps always move the
// pictures as far as the hand moved; only jumps, as dragging the scroll bar, go by the scale.

/** Heights up to this are drawn as they are; every browser goes to 2^24. */
export const LIMIT = 8_000_000
/** So much at either end is true to the pixel. */
const TRUE = 100_000
/** A place that small steps have moved this far from its scale is put right. */
const LOOSE = 50_000

export interface Placed {
  /** Where the page must scroll to. */
  scroll: number
  /** What stands at the upper edge of the view, of everything. */
  top: number
}

export class Scale {
  /** Height of the box that scrolls. */
  readonly box: number
  readonly #whole: number
  #view: number

  constructor(whole: number, view: number, limit = LIMIT) {
    this.#whole = Math.max(whole, view)
    this.#view = view
    this.box = Math.min(this.#whole, limit)
  }

  /** The place for a scroll offset. */
  topFor(scroll: number): number {
    if (this.box === this.#whole || scroll <= TRUE) return scroll
    const fromEnd = this.box - this.#view - scroll
    if (fromEnd <= TRUE) return this.#whole - this.#view - Math.max(0, fromEnd)
    return TRUE + (scroll - TRUE) * this.#factor()
  }

  /** The scroll offset for a place. */
  scrollFor(top: number): number {
    if (this.box === this.#whole || top <= TRUE) return Math.max(0, Math.min(top, this.box - this.#view))
    const fromEnd = this.#whole - this.#view - top
    if (fromEnd <= TRUE) return this.box - this.#view - Math.max(0, fromEnd)
    return TRUE + (top - TRUE) / this.#factor()
  }

  /** A place that can be reached: never beyond the ends. */
  placeFor(top: number): number {
    return Math.max(0, Math.min(top, this.#whole - this.#view))
  }

  /** The page scrolled from where it was to `scroll`. */
  moved(from: Placed, scroll: number): Placed {
    if (this.box === this.#whole) return { scroll, top: scroll }
    const step = scroll - from.scroll
    if (Math.abs(step) > 2 * this.#view) return { scroll, top: this.topFor(scroll) }
    const top = this.placeFor(from.top + step)
    const right = this.scrollFor(top)
    const strict = [top, this.topFor(scroll)].some((place) => this.#isTrue(place))
    return Math.abs(right - scroll) > (strict ? 0 : LOOSE) ? { scroll: right, top } : { scroll, top }
  }

  #isTrue(top: number): boolean {
    return top <= TRUE || top >= this.#whole - this.#view - TRUE
  }

  #factor(): number {
    return (this.#whole - this.#view - 2 * TRUE) / (this.box - this.#view - 2 * TRUE)
  }
}
