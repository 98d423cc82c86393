// What follows a sound wherever one is heard: the word in a stretch of text, how the loudness is drawn, times. Pure.

/** A text, and when it is said. */
export interface Spoken {
  text: string
  startMs: number | null
  endMs: number | null
}

/** Where the word lies that is spoken at a moment, told by its place among the letters. */
export function wordAt({ text, startMs, endMs }: Spoken, ms: number): [number, number] | null {
  if (startMs === null || endMs === null || endMs <= startMs || ms < startMs || ms > endMs) return null
  const at = ((ms - startMs) / (endMs - startMs)) * text.length
  let last: [number, number] | null = null
  for (const { segment, index, isWordLike } of words().segment(text)) {
    if (!isWordLike) continue
    last = [index, index + segment.length]
    if (last[1] > at) break
  }
  return last
}

let segmenter: Intl.Segmenter | undefined
const words = () => (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' }))

/** Heights of so many bars, from 0 to 1; what is not here yet has none. */
export function bars(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0) return []
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count))
    return Math.max(...peaks.slice(from, to)) / 255
  })
}

/** 0:51, 12:07, 1:02:30 */
export function clockOf(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1000))
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}
