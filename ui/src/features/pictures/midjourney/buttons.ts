// Midjourney's buttons in plain words, known by what is sent for them. One that nobody knows is shown as it came.
import type { TaskButton } from '../../../bindings/TaskButton'
import { m } from '../../../paraglide/messages'

/** What has to be said before a button is pressed; "words" may be said. */
export type Asks = 'zoom' | 'region' | 'words' | null
export type Group = 'take' | 'like' | 'vary' | 'zoom' | 'pan' | 'large' | 'other'

export interface Known {
  button: TaskButton
  words: string
  group: Group
  asks: Asks
}

type Entry = [pattern: RegExp, group: Group, asks: Asks, words: (number: string) => string]

const ENTRIES: Entry[] = [
  [/^MJ::JOB::upsample::(\d)/, 'take', null, (number) => m.media_take({ number })],
  [/^MJ::JOB::variation::(\d)/, 'like', 'words', (number) => m.media_vary({ number })],
  [/^MJ::JOB::reroll::/, 'like', 'words', m.media_four_new],
  [/^MJ::JOB::low_variation/, 'vary', 'words', m.mj_vary_little],
  [/^MJ::JOB::high_variation/, 'vary', 'words', m.mj_vary_much],
  [/^MJ::Inpaint::/, 'vary', 'region', m.mj_region],
  [/^MJ::Outpaint::50/, 'zoom', null, m.mj_zoom_2],
  [/^MJ::Outpaint::75/, 'zoom', null, m.mj_zoom_1_5],
  [/^MJ::Outpaint::100/, 'zoom', null, m.mj_square],
  [/^MJ::CustomZoom::/, 'zoom', 'zoom', m.mj_zoom_by],
  [/^MJ::JOB::pan_left/, 'pan', 'words', m.mj_pan_left],
  [/^MJ::JOB::pan_right/, 'pan', 'words', m.mj_pan_right],
  [/^MJ::JOB::pan_up/, 'pan', 'words', m.mj_pan_up],
  [/^MJ::JOB::pan_down/, 'pan', 'words', m.mj_pan_down],
  [/^MJ::JOB::upsample_.*subtle/, 'large', null, m.mj_large_subtle],
  [/^MJ::JOB::upsample_.*creative/, 'large', null, m.mj_large_creative],
  [/^MJ::JOB::upsample_.*4x/, 'large', null, m.mj_large_4],
  [/^MJ::JOB::upsample_/, 'large', null, m.mj_large_2],
]

/** These make videos, which are not kept here: they would be paid for and lost. */
const VIDEO = /^MJ::JOB::(animate_|video_)/

const ORDER: Group[] = ['take', 'like', 'vary', 'large', 'zoom', 'pan', 'other']

export function known(button: TaskButton): Known {
  for (const [pattern, group, asks, words] of ENTRIES) {
    const found = pattern.exec(button.customId)
    if (found) return { button, words: words(found[1] ?? ''), group, asks }
  }
  const came = [button.emoji, button.label].filter(Boolean).join(' ')
  return { button, words: came || button.customId, group: 'other', asks: null }
}

function place({ button }: Known): number {
  const at = ENTRIES.findIndex(([pattern]) => pattern.test(button.customId))
  return at < 0 ? ENTRIES.length : at
}

/** All buttons, like with like, in an order that people think in. */
export function grouped(buttons: readonly TaskButton[]): { group: Group; buttons: Known[] }[] {
  // The four stand in their order, and what makes four new ones stands below them.
  const all = buttons
    .filter(({ customId }) => !VIDEO.test(customId))
    .map(known)
    .toSorted((one, other) => place(one) - place(other))
  return ORDER.map((group) => ({ group, buttons: all.filter((one) => one.group === group) })).filter(
    (row) => row.buttons.length > 0,
  )
}

export function groupName(group: Group): string {
  return {
    take: m.mj_group_take(),
    like: m.mj_group_like(),
    vary: m.mj_group_vary(),
    large: m.mj_group_large(),
    zoom: m.mj_group_zoom(),
    pan: m.mj_group_pan(),
    other: m.mj_group_other(),
  }[group]
}
