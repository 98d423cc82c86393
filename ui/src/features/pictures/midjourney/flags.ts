// Midjourney reads its settings in the prompt, as flags. So controls write flags, and flags that were typed move the
// controls: the prompt is the only place where a setting is.

/** The names of a flag; the first one is written. */
export type Names = readonly [string, ...string[]]

export const RATIO: Names = ['ar', 'aspect']
export const VERSION: Names = ['v', 'version']
export const NIJI: Names = ['niji']
export const STYLIZE: Names = ['stylize', 's']
export const CHAOS: Names = ['chaos', 'c']
export const WEIRD: Names = ['weird', 'w']
export const QUALITY: Names = ['quality', 'q']
export const TILE: Names = ['tile']
export const NO: Names = ['no']
export const SEED: Names = ['seed']
export const RAW: Names = ['raw']
/** What is to be like which picture: each names pictures by their addresses, and has a weight of its own. */
export const STYLE_LIKE: Names = ['sref']
export const STYLE_WEIGHT: Names = ['sw']
export const PERSON_LIKE: Names = ['cref']
export const PERSON_WEIGHT: Names = ['cw']
export const THING_LIKE: Names = ['oref']
export const THING_WEIGHT: Names = ['ow']
export const SPEEDS = ['fast', 'relax', 'turbo'] as const
export type Speed = (typeof SPEEDS)[number]

/** What stands behind a flag belongs to it only as far as it can: the rest are words of the prompt. */
const NUMBER = /^\s+[\d.]+/
/** Addresses of pictures, or numbers of styles. */
const PICTURES = /^(?:\s+(?:https?:\/\/\S+|\d+(?:::[\d.]+)?|random)(?=\s|$))+/
const VALUES: Record<string, RegExp> = {
  ...Object.fromEntries([...RATIO].map((name) => [name, /^\s+\d+(?:\s*:\s*\d+)?/])),
  ...Object.fromEntries(
    [VERSION, NIJI, STYLIZE, CHAOS, WEIRD, QUALITY, SEED, ['zoom'], STYLE_WEIGHT, PERSON_WEIGHT, THING_WEIGHT]
      .flat()
      .map((name) => [name, NUMBER]),
  ),
  ...Object.fromEntries([STYLE_LIKE, PERSON_LIKE, THING_LIKE].flat().map((name) => [name, PICTURES])),
  ...Object.fromEntries([...TILE, ...RAW, ...SPEEDS].map((name) => [name, /^/])),
  style: /^\s+\S+/,
}

interface Flag {
  name: string
  value: string
  from: number
  /** Where its value ends. */
  to: number
  /** Words that stand between it and the next flag. */
  rest: string
}

/** Every flag of a prompt. Some keyboards make one long dash of two. */
function flagsOf(prompt: string): Flag[] {
  const starts = [...prompt.matchAll(/(?<=^|\s)(?:--|—)([a-z]+)(?=\s|$)/gi)]
  return starts.map((start, at) => {
    const name = (start[1] ?? '').toLowerCase()
    const behind = prompt.slice(start.index + start[0].length, starts[at + 1]?.index ?? prompt.length)
    const known = VALUES[name]
    const value = known ? (known.exec(behind)?.[0] ?? '') : behind
    const rest = behind.slice(value.length)
    const to = start.index + start[0].length + (rest.trim() === '' ? behind : value).length
    return { name, value: value.trim(), from: start.index, to, rest: rest.trim() }
  })
}

/** What a flag says; "" where it stands alone, null where it is not there. The last one counts. */
export function flag(prompt: string, names: Names): string | null {
  return flagsOf(prompt).findLast(({ name }) => names.includes(name))?.value ?? null
}

/** A number that a flag says. */
export function count(prompt: string, names: Names): number | null {
  const told = flag(prompt, names)
  return told === null || told === '' || Number.isNaN(Number(told)) ? null : Number(told)
}

/** The prompt with a flag that says something else; null takes it away. */
export function withFlag(prompt: string, names: Names, value: string | null): string {
  const loose = flagsOf(prompt).some(({ rest }) => rest !== '')
  if (loose) return withFlag(inOrder(prompt), names, value)
  const found = flagsOf(prompt).filter(({ name }) => names.includes(name))
  const bare = found.reduceRight(
    (text, { from, to }) => `${text.slice(0, from).trimEnd()} ${text.slice(to)}`.trimEnd(),
    prompt,
  )
  if (value === null) return found.length === 0 ? prompt : bare
  return `${bare.trimEnd()} --${names[0]}${value === '' ? '' : ` ${value}`}`.trimStart()
}

/** The words of a prompt without its flags. */
export function words(prompt: string): string {
  const flags = flagsOf(prompt)
  const begin = (flags[0] ? prompt.slice(0, flags[0].from) : prompt).trim()
  return [begin, ...flags.map(({ rest }) => rest)].filter(Boolean).join(' ')
}

/** The same prompt with its flags behind its words, as Midjourney wants them. */
function inOrder(prompt: string): string {
  const flags = flagsOf(prompt).map(({ from, to }) => prompt.slice(from, to).trim())
  return [words(prompt), ...flags].filter(Boolean).join(' ')
}

/** "7", "niji 6", or "" for the usual one. */
export function version(prompt: string): string {
  const niji = flag(prompt, NIJI)
  return niji === null ? (flag(prompt, VERSION) ?? '') : `niji ${niji}`.trim()
}

export function withVersion(prompt: string, to: string): string {
  const bare = withFlag(withFlag(prompt, VERSION, null), NIJI, null)
  if (to === '') return bare
  return to.startsWith('niji') ? withFlag(bare, NIJI, to.slice(5)) : withFlag(bare, VERSION, to)
}

/** Without a flag the service chooses. */
export function speed(prompt: string): Speed | '' {
  return SPEEDS.find((one) => flag(prompt, [one]) !== null) ?? ''
}

export function withSpeed(prompt: string, to: Speed | ''): string {
  const bare = SPEEDS.reduce((text, one) => withFlag(text, [one], null), prompt)
  return to === '' ? bare : withFlag(bare, [to], '')
}

/** "--raw", and "--style raw" as it was written before. */
export function raw(prompt: string): boolean {
  return flag(prompt, RAW) !== null || flag(prompt, ['style']) === 'raw'
}

export function withRaw(prompt: string, on: boolean): string {
  const old = flag(prompt, ['style']) === 'raw' ? withFlag(prompt, ['style'], null) : prompt
  return withFlag(old, RAW, on ? '' : null)
}

/** The shapes that people ask for. */
export const RATIOS = ['1:1', '3:2', '16:9', '2:3', '9:16'] as const

/** The shape that a prompt asks for. */
export function ratio(prompt: string): string {
  const told = flag(prompt, RATIO)?.replace(/\s/g, '') ?? ''
  return /^\d+:\d+$/.test(told) ? told : '1:1'
}

/** About how large such a picture is, so that its place has the right shape before it is there. */
export function sizeOf(prompt: string): string {
  const [across = 1, down = 1] = ratio(prompt).split(':').map(Number)
  const longest = Math.max(across, down, 1)
  return [across, down].map((side) => Math.max(1, Math.round((1024 * side) / longest))).join('x')
}

/** Addresses as they are typed, each with its scheme; a number or a word stays as it is. */
export function addressed(words: string): string {
  const isBare = (word: string) => /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}(:\d+)?\//i.test(word)
  const all = words.split(/\s+/).filter(Boolean)
  return all.map((word) => (isBare(word) ? `https://${word}` : word)).join(' ')
}
