// What an engine lets one choose, in an order and in groups that people think in: shapes rather than sizes. What an
// engine does not know is never sent, and what is not chosen is not either, but for the size: the desk shows one as taken,
// and an engine that is told none takes one of its own.
import type { PictureEngine } from '../../bindings/PictureEngine'
import type { PictureOptions } from '../../bindings/PictureOptions'
import type { PictureShape } from '../../bindings/PictureShape'

export type ShapeId = PictureShape | 'auto'
/** The options that are lists of words. */
export type WordField = 'quality' | 'style' | 'background' | 'outputFormat' | 'moderation' | 'inputFidelity'

export interface ShapeGroup {
  id: ShapeId
  /** Sizes of this shape, small ones first. */
  sizes: string[]
}

const AUTO = 'auto'
const ORDER: ShapeId[] = ['auto', 'square', 'wide', 'tall']

/** Width and height of "1024x1536"; null for words such as "auto". */
export function pixels(size: string): [number, number] | null {
  const [, width, height] = /^(\d+)[x×*](\d+)$/.exec(size) ?? []
  return width && height ? [Number(width), Number(height)] : null
}

export function shapeOf(size: string): ShapeId {
  const [width, height] = pixels(size) ?? [0, 0]
  if (width === 0 || height === 0) return 'auto'
  if (width > height * 1.1) return 'wide'
  return height > width * 1.1 ? 'tall' : 'square'
}

/** The shapes an engine offers. */
export function shapesOf({ sizes }: Pick<PictureEngine, 'sizes'>): ShapeGroup[] {
  const area = (size: string) => (pixels(size) ?? [0, 0]).reduce((one, other) => one * other)
  return ORDER.map((id) => ({
    id,
    sizes: sizes.filter((size) => shapeOf(size) === id).toSorted((one, other) => area(one) - area(other)),
  })).filter((group) => group.sizes.length > 0)
}

/** The size that is chosen: the person's, else the one that is usual. */
export function sizeOf(
  engine: Pick<PictureEngine, 'sizes' | 'anySize'>,
  { size }: Pick<PictureOptions, 'size'>,
): string {
  if (size && takes(engine, size)) return size
  return ([AUTO, '1024x1024'].find((one) => engine.sizes.includes(one)) ?? engine.sizes[0]) || ''
}

/** Whether an engine makes pictures of this size. */
function takes({ sizes, anySize }: Pick<PictureEngine, 'sizes' | 'anySize'>, size: string): boolean {
  return sizes.includes(size) || (anySize && pixels(size) !== null)
}

/** A size as it is typed, "1920 × 1088", as it is sent; null where it is none. */
export function typedSize(typed: string): string | null {
  const [, width, height] = /^\s*([1-9]\d{1,4})\s*[x×*]\s*([1-9]\d{1,4})\s*$/i.exec(typed) ?? []
  return width && height ? `${width}x${height}` : null
}

const LISTS = {
  quality: 'qualities',
  style: 'styles',
  background: 'backgrounds',
  outputFormat: 'formats',
  moderation: 'moderations',
  inputFidelity: 'fidelities',
} as const satisfies Record<WordField, keyof PictureEngine>

export function wordsOf(engine: PictureEngine, field: WordField): string[] {
  return engine[LISTS[field]]
}

/** The word that is chosen: the person's, else the one that is usual. */
export function wordOf(engine: PictureEngine, field: WordField, options: PictureOptions): string {
  const words = wordsOf(engine, field)
  const chosen = options[field]
  if (chosen !== null && words.includes(chosen)) return chosen
  return (words.includes(AUTO) ? AUTO : words[0]) ?? ''
}

/** Whether the quality of the picture can be given up for fewer bytes. */
export function compresses(engine: PictureEngine, options: PictureOptions): boolean {
  return engine.compression && ['jpeg', 'webp'].includes(wordOf(engine, 'outputFormat', options))
}

/** The options of one engine, as near as another comes to them. */
export function fitted(options: PictureOptions, to: PictureEngine): PictureOptions {
  const same = options.size === null ? undefined : groupLike(to, options.size)
  const kept = (field: WordField) =>
    wordsOf(to, field).includes(options[field] ?? '') ? options[field] : null
  return {
    ...options,
    size: takes(to, options.size ?? '') ? options.size : (same?.sizes.at(-1) ?? null),
    quality: kept('quality'),
    style: kept('style'),
    background: kept('background'),
    outputFormat: kept('outputFormat'),
    moderation: kept('moderation'),
    inputFidelity: kept('inputFidelity'),
    count: Math.max(1, Math.min(options.count, to.maxCount)),
  }
}

function groupLike(engine: PictureEngine, size: string) {
  return shapesOf(engine).find(({ id }) => id === shapeOf(size))
}

/** What goes to the service: nothing the engine does not know, and no "auto", which relays stumble over. */
export function sent(options: PictureOptions, engine: PictureEngine): PictureOptions {
  const fit = fitted(options, engine)
  const size = sizeOf(engine, fit)
  const clear = (word: string | null) => (word === AUTO ? null : word)
  return {
    ...fit,
    size: size === '' ? null : clear(size),
    quality: clear(fit.quality),
    background: clear(fit.background),
    moderation: clear(fit.moderation),
    outputCompression: compresses(engine, fit) ? fit.outputCompression : null,
  }
}

/** US dollars, where the price of a picture is known. */
export function priceOf(engine: PictureEngine, { count }: Pick<PictureOptions, 'count'>): number | null {
  return engine.price === null ? null : engine.price * Math.max(1, Math.min(count, engine.maxCount))
}

/** Width times 100 by height of what is being made; square where nobody knows. */
export function ratioOf({ size }: Pick<PictureOptions, 'size'>): number {
  const [width, height] = pixels(size ?? '') ?? [1, 1]
  return Math.round((width * 100) / height)
}
