// A text in pieces that are laid out each by itself, so that a very long one costs no more than what is in view.

/** Letters of one piece: about a screenful. */
const PIECE = 6000

export function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let from = 0; from < text.length;) {
    const limit = from + PIECE
    // At the end of a line where there is one; else in the middle, but not in the middle of a sign.
    const line = limit < text.length ? text.lastIndexOf('\n', limit) : -1
    let to = line > from ? line + 1 : limit
    if (/[\uD800-\uDBFF]/.test(text[to - 1] ?? '') && to < text.length) to++
    pieces.push(text.slice(from, to))
    from = to
  }
  return pieces
}
