// Whose voice reads, and how: kept with the desk of "Speech", and used wherever something is read aloud.
import type { Speak } from '../bindings/Speak'
import type { Speaker } from '../bindings/Speaker'

/** The voice of the mock-ups, and known to every model of the first maker. */
export const FIRST_VOICE = 'nova'

export interface VoiceDraft {
  text: string
  serviceId: string | null
  model: string
  voice: string
  speed: number
  format: string
  instructions: string
}

export const NO_DRAFT: VoiceDraft = {
  text: '',
  serviceId: null,
  model: '',
  voice: FIRST_VOICE,
  speed: 1,
  format: '',
  instructions: '',
}

/** A draft as an older or newer Medley may have written it. */
export function readDraft(text: string): VoiceDraft {
  if (text === '') return NO_DRAFT
  try {
    return { ...NO_DRAFT, ...(JSON.parse(text) as Partial<VoiceDraft>) }
  } catch {
    // Not ours: it is words, and words are kept.
    return { ...NO_DRAFT, text }
  }
}

/** The model that will be asked: the chosen one, else a favourite, else any. */
export function speakerOf(all: readonly Speaker[], { serviceId, model }: VoiceDraft): Speaker | null {
  return (
    all.find((one) => one.serviceId === serviceId && one.model === model) ??
    all.find(({ favourite }) => favourite) ??
    all[0] ??
    null
  )
}

/** The form that will be asked for, where one can be chosen. */
export function formatOf(speaker: Speaker | null, draft: VoiceDraft): string {
  const formats = speaker?.formats ?? []
  return formats.includes(draft.format) ? draft.format : (formats[0] ?? '')
}

/** What is wished for, whatever the model takes: the same wish finds what was made of it before. */
export function readingOf(
  { serviceId, model }: Speaker,
  draft: VoiceDraft,
): Omit<Speak, 'text' | 'messageId'> {
  const { voice, speed, format, instructions } = draft
  const options = { speed: speed === 1 ? null : speed, format: format || null, instructions }
  return { serviceId, model, voice, options }
}

/** What is asked of a model: only what it takes. */
export function wishOf(speaker: Speaker, draft: VoiceDraft): Omit<Speak, 'text' | 'messageId'> {
  const { serviceId, model } = speaker
  return {
    serviceId,
    model,
    voice: draft.voice,
    options: {
      speed: speaker.speed && draft.speed !== 1 ? draft.speed : null,
      format: draft.format === '' || speaker.formats.length === 0 ? null : formatOf(speaker, draft),
      instructions: speaker.instructions ? draft.instructions : '',
    },
  }
}
