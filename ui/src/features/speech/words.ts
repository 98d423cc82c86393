// Words of the place "Speech" that depend on a value.
import { m } from '../../paraglide/messages'
import { number } from '../../state/format'

/** A voice as people write it. */
export function voiceName(voice: string): string {
  return voice.charAt(0).toLocaleUpperCase() + voice.slice(1)
}

/** How a voice sounds, where that is known. */
export function voiceNote(voice: string): string {
  const notes: Record<string, () => string> = {
    alloy: m.speech_voice_alloy,
    echo: m.speech_voice_echo,
    fable: m.speech_voice_fable,
    onyx: m.speech_voice_onyx,
    nova: m.speech_voice_nova,
    shimmer: m.speech_voice_shimmer,
  }
  return notes[voice]?.() ?? ''
}

export function formatName(format: string): string {
  const names: Record<string, () => string> = {
    mp3: m.speech_format_mp3,
    opus: m.speech_format_opus,
    aac: m.speech_format_aac,
    flac: m.speech_format_flac,
    wav: m.speech_format_wav,
    pcm: m.speech_format_pcm,
  }
  return names[format]?.() ?? format
}

export function speedWords(speed: number): string {
  return speed === 1 ? m.speech_speed_normal() : m.speech_speed_times({ times: number(speed) })
}
