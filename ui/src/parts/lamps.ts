// The lamps of a service: their names, icons and words, in their fixed order.
import Image from '@lucide/svelte/icons/image'
import MessageCircle from '@lucide/svelte/icons/message-circle'
import Mic from '@lucide/svelte/icons/mic'
import Sailboat from '@lucide/svelte/icons/sailboat'
import Sparkle from '@lucide/svelte/icons/sparkle'
import Volume2 from '@lucide/svelte/icons/volume-2'
import Wallet from '@lucide/svelte/icons/wallet'
import type { Lamp } from '../bindings/Lamp'
import type { Lamps } from '../bindings/Lamps'
import type { IconSource } from '../kit/icon'
import type { LampState } from '../kit/lamp'
import { m } from '../paraglide/messages'

export interface LampRow {
  id: keyof Lamps
  name: string
  icon: IconSource
  state: LampState
  /** "works", "not offered", "not checked". */
  word: string
}

const STATES: Record<Lamp, LampState> = { works: 'on', not_offered: 'off', not_checked: 'wait' }
const WORDS = { works: m.lamp_works, not_offered: m.lamp_not_offered, not_checked: m.lamp_not_checked }
const NAMES: [keyof Lamps, () => string, IconSource][] = [
  ['chat', m.lamp_chat, MessageCircle],
  ['pictures', m.lamp_pictures, Image],
  ['midjourney', m.lamp_midjourney, Sailboat],
  ['speech', m.lamp_speech, Volume2],
  ['transcription', m.lamp_transcription, Mic],
  ['meaningSearch', m.lamp_meaning_search, Sparkle],
  ['balance', m.lamp_balance, Wallet],
]

export function lampRows(lamps: Lamps): LampRow[] {
  return NAMES.map(([id, name, icon]) => ({
    id,
    icon,
    name: name(),
    state: STATES[lamps[id]],
    word: WORDS[lamps[id]](),
  }))
}
