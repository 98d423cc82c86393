// Draws the part of the gallery that is looked at, and keeps what is looked at still when pictures come or go.
// Only this class touches the scroll offset. What is being made stands before the first picture.
import { tick } from 'svelte'
import type { Attachment } from 'svelte/attachments'
import type { Generation } from '../../bindings/Generation'
import { Layout, type Line, type Measure, type Shapes } from './layout'
import { merged, shown, type DayShown } from './merge'
import { Scale, type Placed } from './scale'

export interface Frame {
  lines: Line[]
  /** What the drawn lines are moved up by, because the page scrolls by another measure. */
  shift: number
}

/** Before the first layout a usual window is assumed. */
const USUAL = { width: 970, view: 800 }
const IDLE_MS = 140
/** Room under the last row, so that it does not lie at the very edge. */
const FOOT = 64

export class Wall {
  frame = $state.raw<Frame>({ lines: [], shift: 0 })
  /** Height of the drawn grid. */
  height = $state(0)
  days = $state.raw<readonly DayShown[]>([])
  makings = $state.raw<readonly Generation[]>([])
  /** The place that the keys move, among all that is shown. */
  at = $state(0)
  lines = $state(0)
  count = $state(0)
  /** The day that flies by while the scroll bar is dragged. */
  flying = $state<number | null>(null)

  /** Rows that are needed now. */
  readonly #want: (from: number, to: number) => void
  #scroll: HTMLElement | null = null
  #grid: HTMLElement | null = null
  #outline: Shapes = { days: [], ratios: [] }
  #layout = new Layout(this.#outline, measureOf(USUAL.width, 16))
  #scale = new Scale(0, 0)
  #placed: Placed = { scroll: 0, top: 0 }
  #width = USUAL.width
  #idle: ReturnType<typeof setTimeout> | undefined

  constructor(want: (from: number, to: number) => void) {
    this.#want = want
  }

  /** The element that scrolls. */
  readonly view: Attachment<HTMLElement> = (view) => {
    this.#scroll = view
    const scrolled = () => this.#scrolled(view)
    view.addEventListener('scroll', scrolled, { passive: true })
    return () => {
      view.removeEventListener('scroll', scrolled)
      clearTimeout(this.#idle)
      this.#scroll = null
    }
  }

  /** The element that holds the lines. */
  readonly grid: Attachment<HTMLElement> = (grid) => {
    this.#grid = grid
    const sizes = new ResizeObserver(() => this.#resized())
    sizes.observe(grid)
    if (this.#scroll) sizes.observe(this.#scroll)
    this.#resized()
    // Whoever comes back finds the place as it was left.
    this.#go(this.#placed.top)
    return () => {
      sizes.disconnect()
      this.#grid = null
    }
  }

  /** Other pictures, or others being made. What is looked at stays where it is. */
  show(outline: Shapes, makings: readonly Generation[]): void {
    const held = this.#grid?.contains(document.activeElement) ?? false
    const making = this.makings[this.at]?.id
    const fromEnd = this.count - this.at
    this.makings = makings
    this.#outline = merged(outline, makings)
    this.days = shown(outline, makings)
    this.count = this.#outline.ratios.length
    const found = makings.findIndex(({ id }) => id === making)
    const at = making === undefined ? this.count - fromEnd : found >= 0 ? found : makings.length
    this.at = Math.max(0, Math.min(at, this.count - 1))
    this.#lay()
    if (held) void tick().then(() => this.#keepFocus())
  }

  /** To the beginning, where the desk is. */
  toHome(): void {
    this.at = 0
    this.#go(0)
  }

  /** The beginning of the pictures, if one is beyond it: after another search. */
  toFirst(): void {
    this.at = 0
    this.#go(Math.min(this.#placed.top, this.#head()))
  }

  /** Moves to a place, brings it into view and gives it the focus. */
  async goTo(at: number): Promise<void> {
    if (this.count === 0) return
    this.at = Math.max(0, Math.min(at, this.count - 1))
    const line = this.#layout.line(this.#layout.lineOf(this.at))
    const [top, bar] = [this.#head() + line.top, this.#bar()]
    const bottom = top + line.height
    const seen = this.#placed.top
    // The first row brings the heading of its day along.
    const lead =
      line.line > 0 && this.#layout.line(line.line - 1).tiles === null ? this.#measure().heading : 8
    if (top - bar - lead < seen) this.#go(top - bar - lead)
    else if (bottom + 8 > seen + this.#seen()) this.#go(bottom + 8 - this.#seen())
    else this.#draw()
    await tick()
    this.cell(this.at)?.focus({ preventScroll: true })
  }

  /** Gives the focus back to where the person was; the view moves only if that is out of sight. */
  async focus(): Promise<void> {
    if (this.count === 0) return
    const line = this.#layout.line(this.#layout.lineOf(this.at))
    const top = this.#head() + line.top - this.#placed.top
    if (top + line.height < this.#bar() || top > this.#seen()) return this.goTo(this.at)
    await tick()
    this.cell(this.at)?.focus({ preventScroll: true })
  }

  /** Moves as a key says; answers whether it was one. */
  key(event: KeyboardEvent): boolean {
    const whole = event.ctrlKey || event.metaKey
    const [first, last] = whole ? [0, this.count - 1] : this.#layout.ends(this.at)
    const moves: Record<string, () => number> = {
      ArrowRight: () => this.at + 1,
      ArrowLeft: () => this.at - 1,
      ArrowDown: () => this.#layout.beside(this.at, 1),
      ArrowUp: () => this.#layout.beside(this.at, -1),
      Home: () => first,
      End: () => last,
      PageDown: () => this.#page(1),
      PageUp: () => this.#page(-1),
    }
    const move = moves[event.key]
    if (!move || this.count === 0 || (whole && event.key.startsWith('Arrow'))) return false
    void this.goTo(move())
    return true
  }

  cell(at: number): HTMLElement | null {
    return this.#grid?.querySelector<HTMLElement>(`[data-at="${at}"]`) ?? null
  }

  #page(step: 1 | -1): number {
    const here = this.#layout.line(this.#layout.lineOf(this.at))
    let at = this.at
    for (;;) {
      const next = this.#layout.beside(at, step)
      const far = Math.abs(this.#layout.line(this.#layout.lineOf(next)).top - here.top)
      if (next === at || (far > this.#seen() - here.height && at !== this.at)) return at
      at = next
    }
  }

  #lay(): void {
    const anchor = this.#anchor()
    this.#layout = new Layout(this.#outline, this.#measure())
    this.lines = this.#layout.lines
    this.#rescale()
    if (!anchor) return this.#draw()
    const index = Math.max(0, this.#layout.count - anchor.fromEnd)
    const line = this.#layout.line(this.#layout.lineOf(index))
    this.#go(this.#head() + line.top + anchor.below)
  }

  /** What stands at the upper edge, counted from the oldest, which new pictures do not move. Null near the desk. */
  #anchor(): { fromEnd: number; below: number } | null {
    const below = this.#placed.top - this.#head()
    if (below <= 0 || this.#layout.count === 0) return null
    const first = this.#layout.between(below, below + this.#seen()).find(({ tiles }) => tiles !== null)
    const tile = first?.tiles?.[0]
    return first && tile ? { fromEnd: this.#layout.count - tile.index, below: below - first.top } : null
  }

  #go(top: number): void {
    this.#rescale()
    const scroll = this.#scale.scrollFor(top)
    this.#placed = { scroll, top: this.#scale.placeFor(top) }
    this.#draw()
    // The page must be as high as it is going to be before it can scroll there.
    void tick().then(() => {
      if (this.#scroll) this.#scroll.scrollTop = scroll
    })
  }

  #rescale(): void {
    const whole = this.#head() + this.#layout.height + FOOT
    this.#scale = new Scale(whole, this.#seen())
    // A page lower than the view needs no box at all.
    this.height = whole > this.#seen() ? this.#scale.box - this.#head() - FOOT : this.#layout.height
  }

  #draw(): void {
    const below = this.#placed.top - this.#head()
    const view = this.#seen()
    const lines = this.#layout.between(below - view / 2, below + view * 1.5)
    this.#keepCurrent(lines)
    this.frame = { lines, shift: this.#placed.top - this.#placed.scroll }
    const tiles = lines.flatMap((line) => line.tiles ?? [])
    const [first, last] = [tiles[0], tiles.at(-1)]
    const lead = this.makings.length
    if (first && last) this.#want(Math.max(0, first.index - lead), Math.max(0, last.index - lead))
  }

  /** The line with the focus stays drawn wherever one scrolls: focus never falls out of the page. */
  #keepCurrent(lines: Line[]): void {
    if (this.count === 0 || !this.#grid?.contains(document.activeElement)) return
    const current = this.#layout.lineOf(this.at)
    if (lines.some(({ line }) => line === current)) return
    const line = this.#layout.line(current)
    if ((lines[0]?.line ?? 0) > current) lines.unshift(line)
    else lines.push(line)
  }

  #keepFocus(): void {
    if (document.activeElement === document.body) this.cell(this.at)?.focus({ preventScroll: true })
  }

  #scrolled(view: HTMLElement): void {
    const scroll = view.scrollTop
    if (Math.abs(scroll - this.#placed.scroll) < 1) return
    const far = Math.abs(scroll - this.#placed.scroll) > 2 * this.#seen()
    const next = this.#scale.moved(this.#placed, scroll)
    if (next.scroll !== scroll) view.scrollTop = next.scroll
    this.#placed = next
    if (far || this.flying !== null) this.#fly()
    this.#draw()
  }

  /** While the scroll bar is dragged the day is told. */
  #fly(): void {
    const below = Math.max(0, this.#placed.top - this.#head())
    const day = this.#layout.between(below, below + 1)[0]?.day
    this.flying = day === undefined ? null : (this.days[day]?.begins ?? null)
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.flying = null
    }, IDLE_MS * 4)
  }

  #resized(): void {
    const width = this.#grid?.clientWidth || USUAL.width
    if (width !== this.#width) {
      this.#width = width
      this.#lay()
    } else {
      this.#rescale()
      this.#draw()
    }
  }

  #measure(): Measure {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
    return measureOf(this.#width, rem)
  }

  /** Height of what stands above the pictures: title, desk, search. */
  #head(): number {
    if (!this.#grid || !this.#scroll) return 0
    const [grid, view] = [this.#grid.getBoundingClientRect(), this.#scroll.getBoundingClientRect()]
    return grid.top - view.top + this.#scroll.scrollTop
  }

  /** The search that stays at the upper edge covers so much. */
  #bar(): number {
    return this.#scroll?.querySelector<HTMLElement>('[data-sticks]')?.offsetHeight ?? 0
  }

  #seen(): number {
    return this.#scroll?.clientHeight || USUAL.view
  }
}

function measureOf(width: number, rem: number): Measure {
  // In a narrow window rows are a little lower, so that one is never a single picture.
  const row = (width < 28 * rem ? 8 : width > 84 * rem ? 13 : 11) * rem
  return { width, row, gap: 0.375 * rem, heading: 2.625 * rem }
}
