// What a key press changed in a text, and what that means for the place in it where a model is writing.

/** Letters taken out and put in at one place. */
export interface Edit {
  from: number
  to: number
  text: string
}

/** Where the words of a model stand in a text. */
export interface Span {
  from: number
  to: number
  /** Letters of the answer that no longer belong to it: the person wrote in them, so they are text like any other. */
  taken: number
}

export interface Selection {
  start: number
  end: number
}

/** The change between two texts. The caret stands behind what was typed, which tells equal letters apart. */
export function editOf(before: string, after: string, caret: number): Edit {
  const plain = between(before, after, commonTail(before, after))
  const behind = after.slice(caret)
  if (behind.length > before.length || !before.endsWith(behind)) return plain
  const told = between(before, after, behind.length)
  // Words dropped elsewhere leave the caret where it says nothing.
  return size(told) > size(plain) ? plain : told
}

function between(before: string, after: string, tail: number): Edit {
  const most = Math.min(before.length, after.length) - tail
  let head = 0
  while (head < most && before[head] === after[head]) head++
  return { from: head, to: before.length - tail, text: after.slice(head, after.length - tail) }
}

function commonTail(before: string, after: string): number {
  const most = Math.min(before.length, after.length)
  let tail = 0
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return tail
}

function size({ from, to, text }: Edit): number {
  return to - from + text.length
}

/**
 * The same span after an edit. What is typed at its end stands behind it. Whoever writes in it takes what stands before
 * over: only what comes after that is still the model's.
 */
export function through(span: Span, edit: Edit): Span {
  const grown = edit.text.length - (edit.to - edit.from)
  if (edit.from >= span.to) return span
  if (edit.to <= span.from) return { ...span, from: span.from + grown, to: span.to + grown }
  const from = edit.from + edit.text.length
  const over = Math.min(edit.to, span.to) - span.from
  return { from, to: Math.max(from, span.to + grown), taken: span.taken + over }
}

/** A place in the text after the words at a span were changed. A caret at their end stays at their end. */
export function kept(place: number, span: Span, length: number): number {
  if (place >= span.to) return place + length - (span.to - span.from)
  return Math.min(place, span.from + length)
}
