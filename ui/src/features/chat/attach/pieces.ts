/** So many letters are laid out at once: a few screens. */
export const PIECE = 12_000

/** A text cut at line ends into pieces of about that size; together they are the text, less the line ends between them. */
export function pieces(text: string, size = PIECE): string[] {
  const cut: string[] = []
  let from = 0
  while (text.length - from > size) {
    const end = text.lastIndexOf('\n', from + size)
    // A line longer than a piece is cut anywhere but inside of a letter.
    const to = end > from ? end : from + size - (isHalf(text, from + size) ? 1 : 0)
    cut.push(text.slice(from, to))
    from = text[to] === '\n' ? to + 1 : to
  }
  cut.push(text.slice(from))
  return cut
}

/** Whether a letter of two halves would be cut here. */
function isHalf(text: string, at: number) {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff
}
