// Carrying rows to a folder with the pointer. Pointer events and not the system's dragging: that one is taken by files
// that are dropped on the window.

/** So far the pointer goes before a press becomes carrying, pixels. */
const SLACK = 6
/** So near the edge of the list it scrolls, and so far each time, pixels. */
const EDGE = 36
const STEP = 12
const EVERY_MS = 24

export interface Carried {
  ids: string[]
  x: number
  y: number
}

export class Drag {
  carried = $state.raw<Carried | null>(null)
  /** What the pointer is over: the `data-drop` of it. */
  over = $state<string | null>(null)

  readonly #drop: (ids: string[], where: string) => void

  constructor(drop: (ids: string[], where: string) => void) {
    this.#drop = drop
  }

  /** The pointer was pressed on a row; `ids` says what would be carried. */
  press(event: PointerEvent, list: HTMLElement, ids: () => string[]): void {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const over = new AbortController()
    const heard = { signal: over.signal }
    const [x, y] = [event.clientX, event.clientY]
    let scroll: ReturnType<typeof setInterval> | undefined
    const end = (drop: boolean) => {
      over.abort()
      clearInterval(scroll)
      const { carried, over: where } = this
      this.carried = this.over = null
      if (carried) swallowClick()
      if (carried && drop && where !== null) this.#drop(carried.ids, where)
    }
    const move = (moved: PointerEvent) => {
      if (!this.carried && Math.hypot(moved.clientX - x, moved.clientY - y) < SLACK) return
      scroll ??= setInterval(() => this.#scroll(list), EVERY_MS)
      this.carried = { ids: this.carried?.ids ?? ids(), x: moved.clientX, y: moved.clientY }
      this.#look()
    }
    const keyed = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !this.carried) return
      key.preventDefault()
      key.stopPropagation()
      end(false)
    }
    addEventListener('pointermove', move, heard)
    addEventListener('pointerup', () => end(true), heard)
    addEventListener('pointercancel', () => end(false), heard)
    addEventListener('keydown', keyed, { ...heard, capture: true })
  }

  #look(): void {
    if (!this.carried) return
    const under = document.elementFromPoint(this.carried.x, this.carried.y)
    this.over = under?.closest<HTMLElement>('[data-drop]')?.dataset.drop ?? null
  }

  #scroll(list: HTMLElement): void {
    if (!this.carried) return
    const { top, bottom } = list.getBoundingClientRect()
    const by = this.carried.y < top + EDGE ? -STEP : this.carried.y > bottom - EDGE ? STEP : 0
    if (by === 0) return
    list.scrollTop += by
    this.#look()
  }
}

/** Letting go over the row that was pressed would open it. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', swallow, { capture: true }))
}
