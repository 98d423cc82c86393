// What an attached file is, in words: its kind, how long it is, what of it is left out.
import BookOpen from '@lucide/svelte/icons/book-open'
import Braces from '@lucide/svelte/icons/braces'
import File from '@lucide/svelte/icons/file'
import FileText from '@lucide/svelte/icons/file-text'
import Globe from '@lucide/svelte/icons/globe'
import Image from '@lucide/svelte/icons/image'
import Link from '@lucide/svelte/icons/link'
import Presentation from '@lucide/svelte/icons/presentation'
import Table from '@lucide/svelte/icons/table'
import type { Attachment } from '../../../bindings/Attachment'
import { explain } from '../../../host'
import type { IconSource } from '../../../kit/icon'
import { m } from '../../../paraglide/messages'
import { bytes, number } from '../../../state/format'

interface Known {
  words: () => string
  icon: IconSource
}

const FORMATS: Record<string, Known> = {
  pdf: { words: m.attach_kind_pdf, icon: FileText },
  docx: { words: m.attach_kind_docx, icon: FileText },
  odt: { words: m.attach_kind_odt, icon: FileText },
  pptx: { words: m.attach_kind_pptx, icon: Presentation },
  sheet: { words: m.attach_kind_sheet, icon: Table },
  csv: { words: m.attach_kind_csv, icon: Table },
  epub: { words: m.attach_kind_epub, icon: BookOpen },
  html: { words: m.attach_kind_html, icon: Globe },
  json: { words: m.attach_kind_json, icon: Braces },
  markdown: { words: m.attach_kind_markdown, icon: FileText },
  text: { words: m.attach_kind_text, icon: FileText },
}

const PARTS: Partial<Record<string, { one: () => string; many: typeof m.attach_pages }>> = {
  pages: { one: m.attach_page_one, many: m.attach_pages },
  sheets: { one: m.attach_sheet_one, many: m.attach_sheets },
  chapters: { one: m.attach_chapter_one, many: m.attach_chapters },
  slides: { one: m.attach_slide_one, many: m.attach_slides },
  rows: { one: m.attach_row_one, many: m.attach_rows },
}

const CUTS: Partial<Record<string, typeof m.attach_cut_pages>> = {
  pages: m.attach_cut_pages,
  sheets: m.attach_cut_sheets,
  chapters: m.attach_cut_chapters,
  slides: m.attach_cut_slides,
  rows: m.attach_cut_rows,
}

export function iconOf({ kind, facts }: Attachment): IconSource {
  if (kind === 'picture') return Image
  if (kind === 'link') return Link
  return FORMATS[facts.format]?.icon ?? File
}

/** "PDF", "picture". */
export function kindOf({ kind, facts }: Attachment): string {
  if (kind === 'picture') return m.attach_kind_picture()
  if (kind === 'link') return m.attach_kind_link()
  return (FORMATS[facts.format]?.words ?? m.attach_kind_file)()
}

/** The few words behind the name: "6 pages", "2.1 MB", "reading…". */
export function note(file: Attachment): string {
  if (file.state === 'waiting') return m.attach_reading()
  if (file.state === 'failed') return m.attach_not_read()
  if (file.kind === 'link') return ''
  const length = counted(file) || size(file)
  return file.facts.cut ? `${length}, ${m.attach_cut_short()}` : length
}

/** What a screen reader says of the chip: name, kind, state. */
export function label(file: Attachment): string {
  const state = reason(file) || note(file)
  return [file.name, kindOf(file), state].filter(Boolean).join(', ')
}

/** Why nothing of it can be sent, or "". */
export function reason({ state, problem }: Attachment): string {
  return state === 'failed' && problem ? explain(problem).words : ''
}

/** Everything that is known of a file: "PDF · 6 pages · 1,204 words · 34 kB". */
export function facts(file: Attachment): string {
  const { width, height } = file.media ?? {}
  const pixels =
    width && height ? m.attach_picture_size({ width: number(width), height: number(height) }) : ''
  const words = file.facts.words > 0 ? m.attach_words({ count: number(file.facts.words) }) : ''
  return [kindOf(file), counted(file), pixels, words, size(file)].filter(Boolean).join(' · ')
}

/** What is left out, or "". */
export function cut({ facts: { cut, unit, read, parts, words } }: Attachment): string {
  if (!cut) return ''
  const say = CUTS[unit]
  return say
    ? say({ read: number(read), count: number(parts) })
    : m.attach_cut_whole({ words: number(words) })
}

function size({ media }: Attachment) {
  return media ? bytes(media.bytes) : ''
}

/** "6 pages", or "" where there is nothing to count. */
function counted({ facts: { unit, parts: count } }: Attachment) {
  const parts = PARTS[unit]
  if (!parts || count === 0) return ''
  return count === 1 ? parts.one() : parts.many({ count: number(count) })
}
