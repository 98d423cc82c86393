// What was written and taken back. The engine of the page forgets its own history whenever a model writes, so this one is
// kept beside it: a step back or forth never loses a word.
import type { Selection } from './edits'

export interface Moment {
  text: string
  selection: Selection
}

/** Letters of all steps together; the oldest go first. */
const MOST = 20_000_000
/** What is typed without a pause this long is one step, milliseconds. */
const PAUSE_MS = 1000

export class History {
  #past: Moment[] = []
  #future: Moment[] = []
  #kind = ''
  #last = 0

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** Remembers how it was before a change. Changes of one kind, one after the other, are one step; "" stands alone. */
  mark(before: Moment, kind = '', now = Date.now()): void {
    const goesOn = kind !== '' && kind === this.#kind && now - this.#last < PAUSE_MS && this.canUndo
    this.#kind = kind
    this.#last = now
    this.#future = []
    if (goesOn) return
    this.#past.push(before)
    let letters = this.#past.reduce((sum, { text }) => sum + text.length, 0)
    while (letters > MOST && this.#past.length > 1) letters -= this.#past.shift()?.text.length ?? 0
  }

  /** How it was one step ago; nothing when there is no step left. */
  undo(now: Moment): Moment | undefined {
    return this.#go(this.#past, this.#future, now)
  }

  redo(now: Moment): Moment | undefined {
    return this.#go(this.#future, this.#past, now)
  }

  #go(from: Moment[], to: Moment[], now: Moment): Moment | undefined {
    const moment = from.pop()
    if (moment) to.push(now)
    this.#kind = ''
    return moment
  }
}
