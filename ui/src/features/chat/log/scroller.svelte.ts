// Draws the part of a long conversation that is looked at, and keeps what is looked at still. Only this class
// touches the scroll offset. WebKit has no scroll anchoring, so a height that turns out different from its
// estimate is made up for here, before anything is painted.
import type { Attachment } from 'svelte/attachments'
import type { OutlineEntry } from '../../../bindings/OutlineEntry'
import { estimate } from './estimate'
import { Heights } from './heights'
import { belowView, follows, NEAR, settle, type Measured, type Scrolled } from './stick'
import { spanOf, type Span } from './window'

/** Where the view stands: at the end, or at some pixels below the top of a message. */
export type Spot = 'end' | { id: string; below: number }

export interface Frame extends Span {
  rows: readonly OutlineEntry[]
  /** Room for the rows before and behind the drawn ones, pixels. */
  before: number
  after: number
}

/** What a person does to scroll, and for how long after it a scroll counts as theirs, milliseconds. */
const SIGNS = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const
const MEANT_FOR = 500
/** So long after the last change of its height the content counts as changing, milliseconds. */
const ALIVE_FOR = 250

/** So long after the last leap the view counts as resting again, milliseconds. */
const REST_MS = 120

/** Room above a message that was gone to, pixels. */
const ABOVE = 16

/** Before the first layout a usual window is assumed. */
const USUAL = { height: 800, width: 668 }

export class Scroller {
  frame = $state.raw<Frame>({ start: 0, end: 0, rows: [], before: 0, after: 0 })
  /** The view does not follow the end. */
  away = $state(false)
  /** The view flies past: what is drawn now is gone in a moment. */
  hurried = $state(false)

  #log: HTMLElement | null = null
  #outline: readonly OutlineEntry[] = []
  #places = new Map<string, number>()
  #heights = new Heights([])
  #known = new Map<string, number>()
  #rows = new Map<string, HTMLElement>()
  #sizes: ResizeObserver | null = null
  #width = 0
  #top = 0
  /** A place asked for that is not reached yet: heights on the way may still turn out different. */
  #wanted: Spot | null = null
  #follow = true
  /** Height of everything when it was last looked at. */
  #whole = 0
  #meantAt = -MEANT_FOR
  #changedAt = -ALIVE_FOR
  /** A pointer is pressed in the log: a scroll bar may be dragged for long. */
  #held = false
  #rest: ReturnType<typeof setTimeout> | undefined

  /** The element that scrolls. */
  readonly log: Attachment<HTMLElement> = (log) => {
    this.#log = log
    this.#sizes = new ResizeObserver(() => this.#resized())
    this.#sizes.observe(log)
    for (const row of this.#rows.values()) this.#sizes.observe(row)
    const over = new AbortController()
    const heard = { passive: true, signal: over.signal }
    log.addEventListener('scroll', () => this.#scrolled(log), heard)
    for (const sign of SIGNS) log.addEventListener(sign, () => this.#sign(), heard)
    log.addEventListener('pointerdown', () => (this.#held = true), heard)
    for (const end of ['pointerup', 'pointercancel'] as const)
      addEventListener(end, () => (this.#held = false), heard)
    return () => {
      over.abort()
      clearTimeout(this.#rest)
      this.#sizes?.disconnect()
      this.#log = null
    }
  }

  /** One drawn message. */
  row(id: string): Attachment<HTMLElement> {
    return (row) => {
      this.#rows.set(id, row)
      this.#sizes?.observe(row)
      return () => {
        if (this.#rows.get(id) === row) this.#rows.delete(id)
        this.#sizes?.unobserve(row)
      }
    }
  }

  /** Another conversation, seen from `spot`. */
  open(outline: readonly OutlineEntry[], spot: Spot): void {
    this.#known.clear()
    this.#lay(outline)
    this.#look(spot)
  }

  /** The same conversation with another outline; what is looked at stays where it is. */
  change(outline: readonly OutlineEntry[]): void {
    const spot = this.spot()
    this.#lay(outline)
    this.#look(spot)
  }

  /** Where the view stands now, to come back to. */
  spot(): Spot {
    if (this.#wanted) return this.#wanted
    const first = this.#heights.at(this.#top)
    const entry = this.#outline[first]
    return entry && !this.#follow ? { id: entry.id, below: this.#top - this.#heights.before(first) } : 'end'
  }

  toEnd(): void {
    this.#look('end')
  }

  /** Goes to a message; it stands a little below the upper edge. */
  goTo(id: string): void {
    this.#look({ id, below: -ABOVE })
  }

  /** Brings a message into the page, at the upper edge unless it is there already. */
  reveal(id: string): void {
    if (!this.#rows.has(id)) this.#look({ id, below: 0 })
  }

  /** The drawn element of a message. */
  element(id: string): HTMLElement | undefined {
    return this.#rows.get(id)
  }

  /** Called after the rows of `frame` are in the page: measures them and settles what they moved. */
  drawn(): void {
    const log = this.#log
    if (!log || log.clientHeight === 0) return
    const shift = settle(this.#heights, this.#top, this.#measure())
    if (this.#follow) log.scrollTop = log.scrollHeight
    else if (this.#wanted) log.scrollTop = this.#topOf(this.#wanted)
    else if (shift !== 0) log.scrollTop = this.#top + shift
    this.#top = log.scrollTop
    if (this.#whole !== log.scrollHeight) this.#changedAt = performance.now()
    this.#whole = log.scrollHeight
    if (this.#draw() || !this.#wanted) return
    this.#wanted = null
    this.#follow = belowView(this.#stands(log)) <= NEAR
    this.away = !this.#follow
  }

  #measure(): Measured[] {
    const measured: Measured[] = []
    for (const [id, row] of this.#rows) {
      const height = row.getBoundingClientRect().height
      const index = this.#places.get(id)
      if (index === undefined) continue
      this.#known.set(id, height)
      measured.push({ index, height })
    }
    return measured
  }

  #lay(outline: readonly OutlineEntry[]): void {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
    const column = { width: this.#column(), wide: this.#log?.clientWidth || USUAL.width, rem }
    this.#outline = outline
    this.#places = new Map(
      outline.flatMap((entry, index) => (entry.beside ?? [entry.id]).map((id) => [id, index] as const)),
    )
    this.#heights = new Heights(outline.map((entry) => this.#known.get(entry.id) ?? estimate(entry, column)))
  }

  /** Width of running text: what a drawn message has, else what the log leaves for it. */
  #column(): number {
    const body = this.#log?.querySelector('.msg > .msg-body')
    return body?.clientWidth || Math.min(USUAL.width, this.#log?.clientWidth || USUAL.width)
  }

  #look(spot: Spot): void {
    this.#wanted = spot
    this.#follow = spot === 'end'
    this.#top = this.#topOf(spot)
    if (!this.#draw()) this.drawn()
  }

  #topOf(spot: Spot): number {
    const end = Math.max(0, this.#heights.total - this.#seen())
    if (spot === 'end') return end
    const index = this.#places.get(spot.id)
    return index === undefined ? end : Math.max(0, Math.min(end, this.#heights.before(index) + spot.below))
  }

  /** Draws what belongs to the offset now; answers whether that is anything else than before. */
  #draw(): boolean {
    const span = spanOf(this.#heights, { top: this.#top, height: this.#seen() })
    const rows = this.#outline.slice(span.start, span.end)
    const before = this.#heights.before(span.start)
    const after = this.#heights.total - this.#heights.before(span.end)
    const old = this.frame
    this.away = !this.#follow
    if (old.before === before && old.after === after && alike(old.rows, rows)) return false
    this.#keepFocus(span)
    this.frame = { ...span, rows, before, after }
    return true
  }

  /** Focus never falls out of the page with a row that is no longer drawn: the log takes it. */
  #keepFocus({ start, end }: Span): void {
    const focused = document.activeElement
    if (!focused || !this.#log?.contains(focused) || focused === this.#log) return
    for (const [id, row] of this.#rows) {
      const index = this.#places.get(id) ?? -1
      if ((index < start || index >= end) && row.contains(focused)) this.#log.focus({ preventScroll: true })
    }
  }

  #seen(): number {
    return this.#log?.clientHeight || USUAL.height
  }

  #stands(log: HTMLElement): Scrolled {
    return { top: log.scrollTop, height: log.clientHeight, whole: log.scrollHeight }
  }

  #sign(): void {
    this.#meantAt = performance.now()
  }

  #scrolled(log: HTMLElement): void {
    const now = this.#stands(log)
    const last = { ...now, top: this.#top, whole: this.#whole }
    if (Math.abs(now.top - last.top) > now.height / 2) this.#hurry()
    const at = performance.now()
    const meant = this.#held || at - this.#meantAt < MEANT_FOR
    this.#follow = follows(this.#follow, last, now, meant, at - this.#changedAt < ALIVE_FOR)
    this.#top = now.top
    this.#whole = now.whole
    this.#draw()
    // Content moved the offset: back to the end, whose height nobody else may announce.
    if (this.#follow && belowView(now) > NEAR) this.drawn()
  }

  #hurry(): void {
    this.hurried = true
    clearTimeout(this.#rest)
    this.#rest = setTimeout(() => (this.hurried = false), REST_MS)
  }

  #resized(): void {
    const width = this.#log?.clientWidth ?? 0
    if (width !== this.#width) this.#widened(width)
    this.drawn()
  }

  /** Every height was measured at the old width. */
  #widened(width: number): void {
    this.#width = width
    this.#wanted = this.spot()
    this.#known.clear()
    this.#lay(this.#outline)
  }
}

function alike(one: readonly OutlineEntry[], other: readonly OutlineEntry[]): boolean {
  return one.length === other.length && one.every((entry, index) => entry === other[index])
}
