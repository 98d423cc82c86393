// Lines of a transcript: which is said now, which word in it, who says it, and what is changed in them. Pure.
import type { Line } from '../../bindings/Line'
import type { LineWord } from '../../bindings/LineWord'
import { m } from '../../paraglide/messages'
import { wordAt } from '../../state/sound'

/** The line at a moment: the last that has begun; -1 before the first. */
export function lineAt(lines: readonly Line[], ms: number): number {
  let [low, high] = [0, lines.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.startMs ?? Infinity) <= ms) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Where the word lies that is said at a moment: by its own time where it still stands in the text, else by its place. */
export function wordIn(line: Line, ms: number): [number, number] | null {
  if (ms < line.startMs || ms > line.endMs) return null
  const begun = line.words.filter(({ startMs }) => startMs <= ms)
  const found = placesOf(line.text, begun)
  if (line.words.length === 0 || found.length < begun.length) return wordAt(line, ms)
  return found.at(-1) ?? null
}

/** Where words stand in a text one after the other, up to the first that is not found. */
function placesOf(text: string, words: readonly LineWord[]): [number, number][] {
  const found: [number, number][] = []
  const low = text.toLocaleLowerCase()
  let from = 0
  for (const word of words) {
    const at = low.indexOf(word.text.toLocaleLowerCase(), from)
    if (at < 0) break
    from = at + word.text.length
    found.push([at, from])
  }
  return found
}

/** What somebody is called whom only the service named: "A" is "Speaker A". */
export function speakerName(speaker: string): string {
  const bare = /^(?:speaker[_ ]?)?([a-z]|\d{1,2})$/i.exec(speaker)
  return bare ? m.scribe_speaker({ name: bare[1]!.toUpperCase() }) : speaker
}

/** Those who speak, in the order in which they begin to. */
export function speakersOf(lines: readonly Line[]): string[] {
  return [...new Set(lines.map(({ speaker }) => speaker).filter(Boolean))]
}

/** Words, or signs where no blanks stand between words. */
export function countWords(lines: readonly Line[]): number {
  const wide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/gu
  return lines.reduce((sum, { text }) => {
    const signs = text.match(wide)?.length ?? 0
    return sum + signs + text.replace(wide, ' ').split(/\s+/).filter(Boolean).length
  }, 0)
}

/** A line in two, at a place of its text. */
export function split(line: Line, at: number): [Line, Line] | null {
  const [before, after] = [line.text.slice(0, at).trim(), line.text.slice(at).trim()]
  if (before === '' || after === '') return null
  const share = before.length / (before.length + after.length)
  const guess = line.startMs + Math.round((line.endMs - line.startMs) * share)
  // The words tell the moment for certain, where they are still those of the text.
  const next = placesOf(line.text, line.words).findIndex(([start]) => start >= at)
  const told = line.text === line.said ? line.words[next] : undefined
  const middle = told?.startMs ?? guess
  return [
    { ...line, text: before, endMs: middle, words: line.words.filter(({ startMs }) => startMs < middle) },
    {
      ...line,
      key: 0,
      said: '',
      text: after,
      startMs: middle,
      words: line.words.filter(({ startMs }) => startMs >= middle),
    },
  ]
}

/** Two lines as one, of whoever says the first. */
export function joined(first: Line, second: Line): Line {
  const blank = /[\p{Script=Han}。！？，]$/u.test(first.text) ? '' : ' '
  return {
    ...first,
    text: `${first.text.trimEnd()}${blank}${second.text.trimStart()}`.trim(),
    endMs: Math.max(first.endMs, second.endMs),
    words: [...first.words, ...second.words],
  }
}

/** Where words stand in a text, without regard to capitals. */
export function places(text: string, words: string): [number, number][] {
  const found: [number, number][] = []
  if (words === '') return found
  const sought = new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'giu')
  for (const { index, 0: hit } of text.matchAll(sought)) found.push([index, index + hit.length])
  return found
}

/** The text with other words in the place of some, and how often. */
export function replaced(text: string, words: string, by: string): [string, number] {
  const found = places(text, words)
  let [result, from] = ['', 0]
  for (const [start, end] of found) {
    result += text.slice(from, start) + by
    from = end
  }
  return [result + text.slice(from), found.length]
}

/** All of it as a text, for the clipboard and for a chat. */
export function textOf(lines: readonly Line[], withTimes: (ms: number) => string = () => ''): string {
  return lines
    .filter(({ text }) => text.trim() !== '')
    .map(({ speaker, startMs, text }) => {
      const head = [withTimes(startMs), speakerName(speaker)].filter(Boolean).join(' ')
      return head ? `${head}: ${text}` : text
    })
    .join('\n')
}
