// Words of the place "Transcribe" that depend on a value.
import type { Recording } from '../../bindings/Recording'
import type { Scribe } from '../../bindings/Scribe'
import { m } from '../../paraglide/messages'
import { getLocale } from '../../paraglide/runtime'
import { number, seconds } from '../../state/format'
import { clockOf } from '../../state/sound'

export interface Note {
  words: string
  look: '' | 'bad' | 'live'
}

/** How a recording stands, in a few words; `runs` is how long it runs already. */
export function about(row: Recording, runs: number | null): Note {
  const time = row.durationMs > 0 ? seconds(row.durationMs) : ''
  const { transcript, speakers } = row
  const note = (words: string, look: Note['look'] = ''): Note => ({ words: trimmed(words), look })
  if (row.state === 'recording') return note(m.scribe_row_running({ time: clockOf(runs ?? 0) }), 'live')
  if (row.state === 'found') return note(m.scribe_row_found({ time }), 'live')
  if (transcript?.state === 'failed' || transcript?.state === 'interrupted')
    return note(m.scribe_row_failed(), 'bad')
  if (transcript?.state === 'paused') return note(m.scribe_row_paused({ time }))
  if (transcript?.state === 'queued') return note(m.scribe_row_queued({ time }))
  if (transcript?.state === 'running') {
    const part = number(Math.min(transcript.kept + 1, Math.max(transcript.parts, 1)))
    return note(m.scribe_row_part({ part, parts: number(Math.max(transcript.parts, 1)), time }), 'live')
  }
  return note(speakers > 1 ? m.scribe_row_speakers({ count: number(speakers), time }) : time)
}

/** Where no time is known, nothing stands in front of it. */
const trimmed = (words: string) => words.replace(/[\s·,，]+$/u, '')

/** Languages that can be named, the person's own first. */
export function languages(): { id: string; label: string }[] {
  const codes =
    'en zh es fr de it pt pl nl sv no da fi cs sk hu ro bg el uk ru tr ar he fa hi bn ta th vi id ms tl ja ko'
  const locale = getLocale()
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const own = locale.split('-')[0]
  const all = codes.split(' ').map((id) => ({ id, label: names.of(id) ?? id }))
  const sorted = all.sort((one, other) => one.label.localeCompare(other.label, locale))
  const first = sorted.filter(({ id }) => id === own || id === 'en')
  return [...first, ...sorted.filter((one) => !first.includes(one))]
}

/** What a model does more, or less, than others. */
export function noteOf(scribe: Scribe, service: string): string {
  const can = scribe.speakers ? m.scribe_with_speakers() : scribe.times ? '' : m.scribe_with_no_times()
  return [scribe.label === scribe.model ? '' : scribe.model, can, service].filter(Boolean).join(' · ')
}

/** How loud it is, in a word. */
export function levelWord(level: number): string {
  if (level < 0.005) return m.scribe_level_none()
  if (level < 0.06) return m.scribe_level_quiet()
  return level < 0.97 ? m.scribe_level_good() : m.scribe_level_loud()
}
