// Pictures in words: their names for screen readers, their days, and what an engine's own words mean.
import type { Generation } from '../../bindings/Generation'
import type { Picture } from '../../bindings/Picture'
import type { PictureOrigin } from '../../bindings/PictureOrigin'
import type { PictureTool } from '../../bindings/PictureTool'
import { m } from '../../paraglide/messages'
import { day, daysAgo, month, number, fullTime } from '../../state/format'
import { models } from '../../state/models.svelte'
import { known } from './midjourney/buttons'
import { pixels, shapeOf, type ShapeId, type WordField } from './options'

/** "Today", "Yesterday", "Friday 20 November". */
export function dayName(begins: number): string {
  // Summer time may put the beginning of a day an hour off.
  const noon = begins + 43_200_000
  const ago = daysAgo(noon)
  if (ago <= 0) return m.chat_group_today()
  return ago === 1 ? m.chat_group_yesterday() : day(noon)
}

/** "March 2025", while days fly by. */
export function monthName(begins: number): string {
  return month(begins + 43_200_000)
}

/** How the engine behind Midjourney's tasks is named; relays list it so. */
export const MIDJOURNEY = 'mj_imagine'

/** What people call the engine. */
export function engineName(serviceId: string | null, model: string): string {
  if (model === MIDJOURNEY) return 'Midjourney'
  return models.find(serviceId, model)?.label ?? model
}

/** Prompt, engine and date: what a tile is called. */
export function pictureName({ prompt, serviceId, model, createdAt }: Picture): string {
  const parts = [prompt || m.pictures_no_prompt(), engineName(serviceId, model), fullTime(createdAt)]
  return parts.filter(Boolean).join(', ')
}

/** What a tool is called. */
export function toolName(tool: PictureTool): string {
  return { mix: m.tool_mix(), describe: m.tool_describe(), shorten: m.tool_shorten(), swap: m.tool_swap() }[
    tool
  ]
}

/** What is shown for the wish of a making: where that says nothing, its tool or its button. */
export function wishName({ prompt, options: { tool, press } }: Generation): string {
  return prompt || (tool ? toolName(tool) : press ? known(press.button).words : m.pictures_no_prompt())
}

export function makingName(making: Generation): string {
  const prompt = wishName(making)
  return making.state === 'running' ? m.pictures_name_running({ prompt }) : m.pictures_name_queued({ prompt })
}

export function shapeName(id: ShapeId): string {
  return {
    auto: m.pictures_as_it_comes(),
    square: m.pictures_square(),
    wide: m.pictures_wide(),
    tall: m.pictures_tall(),
  }[id]
}

export function kindName(origin: PictureOrigin): string {
  return {
    made: m.pictures_kind_made(),
    received: m.pictures_kind_received(),
    attached: m.pictures_kind_attached(),
    imported: m.pictures_kind_imported(),
  }[origin]
}

/** Sizes of one shape are told apart by words as long as there are words. */
export function sizeName(size: string, among: readonly string[]): string {
  const at = among.indexOf(size)
  if (among.length === 2) return (at === 0 ? m.pictures_small : m.pictures_large)()
  if (among.length === 3)
    return [m.pictures_small(), m.pictures_medium(), m.pictures_large()][at] ?? sizeWords(size)
  return sizeWords(size)
}

/** 1,536 × 1,024 */
export function sizeWords(size: string): string {
  const found = pixels(size)
  return found ? dimensions(...found) : size
}

export function dimensions(width: number, height: number): string {
  return m.attach_picture_size({ width: number(width), height: number(height) })
}

const LOW: Partial<Record<WordField, () => string>> = {
  moderation: m.pictures_moderation_low,
  inputFidelity: m.pictures_fidelity_low,
}

/** A word of an engine's own, as people say it; the word itself where nobody knows better. */
export function wordName(field: WordField, word: string): string {
  const words: Record<string, () => string> = {
    auto: m.pictures_as_it_comes,
    low: LOW[field] ?? m.pictures_quick,
    medium: m.pictures_good,
    high: field === 'inputFidelity' ? m.pictures_fidelity_high : m.pictures_fine,
    standard: m.pictures_good,
    hd: m.pictures_fine,
    vivid: m.pictures_vivid,
    natural: m.pictures_natural,
    transparent: m.pictures_transparent,
    opaque: m.pictures_opaque,
    png: () => 'PNG',
    jpeg: () => 'JPEG',
    webp: () => 'WebP',
  }
  return words[word]?.() ?? word
}

/** How many of three bars a quality fills; none where it is left to the service. */
export function barsOf(word: string): number {
  return { low: 1, medium: 2, standard: 2, high: 3, hd: 3 }[word] ?? 0
}

/** "Wide, 1,536 × 1,024", as a picture page tells it. */
export function shapeWords(width: number, height: number): string {
  return shapeName(shapeOf(`${width}x${height}`))
}
