// The colour of a tile before its picture is there: the mean of the picture's blurred colours, as a ThumbHash begins
// with it (github.com/evanw/thumbhash, "Average color").

/** A colour for CSS; undefined where nothing is known, or where the picture lets the ground shine through. */
export function meanColour(placeholder: readonly number[]): string | undefined {
  const [one, two, three] = placeholder
  if (one === undefined || two === undefined || three === undefined) return undefined
  const head = one | (two << 8) | (three << 16)
  if (head >> 23) return undefined
  const light = (head & 63) / 63
  const yellow = ((head >> 6) & 63) / 31.5 - 1
  const red = ((head >> 12) & 63) / 31.5 - 1
  const b = light - (2 / 3) * yellow
  const r = (3 * light - b + red) / 2
  const part = (value: number) => Math.round(255 * Math.min(1, Math.max(0, value)))
  return `rgb(${part(r)} ${part(r - red)} ${part(b)})`
}
