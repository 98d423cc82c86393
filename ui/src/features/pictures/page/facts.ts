// What is known about a picture, as names and values in the person's words.
import type { PicturePage } from '../../../bindings/PicturePage'
import { m } from '../../../paraglide/messages'
import { bytes, fullTime, money, seconds } from '../../../state/format'
import { services } from '../../../state/services.svelte'
import type { WordField } from '../options'
import { dimensions, engineName, shapeWords, sizeWords, wordName } from '../words'

export type Fact = [name: string, value: string]

export function factsOf({ picture, generation: making, used, leftOut }: PicturePage): Fact[] {
  const { width, height, serviceId, model } = picture
  const options = making?.options
  // What was refused is no fact about the picture.
  const asked = <Value>(name: string, value: Value) => (leftOut.includes(name) ? undefined : value)
  const seed = making?.task?.seed ?? asked('seed', options?.extra['seed'])
  const style = asked('style', options?.style)
  const rows: [string, string | null | undefined][] = [
    [m.pictures_made_with(), engineName(serviceId, model)],
    [m.welcome_service(), services.byId(serviceId)?.name],
    [m.pictures_when(), fullTime(picture.createdAt)],
    [m.pictures_took(), took(making)],
    [
      m.pictures_size(),
      [
        width > 0 ? dimensions(width, height) : '',
        fileKind(picture.mime),
        picture.bytes > 0 ? bytes(picture.bytes) : '',
      ]
        .filter(Boolean)
        .join(', '),
    ],
    [m.pictures_size_asked(), otherThanAsked(asked('size', options?.size), used['size'], sizeWords)],
    [
      m.pictures_format(),
      otherThanAsked(
        asked('output_format', options?.outputFormat),
        used['output_format'],
        wordsOf('outputFormat'),
      ),
    ],
    [m.pictures_shape(), width > 0 ? shapeWords(width, height) : null],
    [
      m.pictures_quality(),
      usedWords(asked('quality', options?.quality), used['quality'], wordsOf('quality')),
    ],
    [m.pictures_style(), style && wordName('style', style)],
    [
      m.pictures_background(),
      usedWords(asked('background', options?.background), used['background'], wordsOf('background')),
    ],
    [m.picture_seed(), typeof seed === 'number' || typeof seed === 'string' ? String(seed) : null],
    [
      m.pictures_made_without(),
      leftOut.length > 0 ? m.pictures_refused({ fields: leftOut.join(', ') }) : null,
    ],
    [m.pictures_price(), price(making)],
  ]
  const facts = rows.filter((row): row is Fact => Boolean(row[1]))
  return picture.origin === 'imported' ? [...facts, ...told(options?.extra ?? {}, facts)] : facts
}

type Words = (word: string) => string

const wordsOf =
  (field: WordField): Words =>
  (word) =>
    wordName(field, word)

/** What was asked for and, where the service used another, that too; without a wish what it used. */
function usedWords(asked: string | null | undefined, used: string | undefined, words: Words): string | null {
  if (!asked) return used === undefined ? null : words(used)
  return otherThanAsked(asked, used, words) ?? words(asked)
}

/** Both, where the service used another than was asked for. */
function otherThanAsked(
  asked: string | null | undefined,
  used: string | undefined,
  words: Words,
): string | null {
  if (!asked || used === undefined || used === asked) return null
  return m.pictures_used({ asked: words(asked), used: words(used) })
}

/** What another program wrote into the file, in its own words; nothing stands there twice. */
function told(extra: Record<string, unknown>, before: Fact[]): Fact[] {
  const names = new Set(['seed', 'Size', ...before.map(([name]) => name)])
  const others = Object.entries(extra).filter(([name]) => !names.has(name))
  return others.map(([name, value]) => [name, String(value)])
}

export interface Difference {
  name: string
  here: string
  there: string
}

/** Where two pictures differ, their prompts first. */
export function differences(one: PicturePage, other: PicturePage): Difference[] {
  const [here, there] = [one, other].map(
    (page) => new Map([[m.pictures_prompt(), page.picture.prompt] as Fact, ...factsOf(page)]),
  )
  const names = new Set([...(here?.keys() ?? []), ...(there?.keys() ?? [])])
  return [...names]
    .map((name) => ({ name, here: here?.get(name) ?? '', there: there?.get(name) ?? '' }))
    .filter((row) => row.here !== row.there)
}

/** The cost is that of the whole making; of a picture it is its part. */
function price(making: PicturePage['generation']): string | null {
  const cost = making?.costUsd ?? null
  return making === null || cost === null ? null : money(cost / making.options.count, 'USD')
}

function took(making: PicturePage['generation']): string | null {
  if (!making?.startedAt || !making.endedAt || making.endedAt <= making.startedAt) return null
  return seconds(making.endedAt - making.startedAt)
}

/** "PNG", as people write it. */
function fileKind(mime: string): string {
  const name = mime.replace(/^image\/(x-)?/, '').replace(/\+.*/, '')
  return name === 'webp' ? 'WebP' : name.toUpperCase()
}
