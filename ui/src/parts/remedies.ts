// What the button of an error banner does.
import { host, type Remedy } from '../host'
import { m } from '../paraglide/messages'
import { siteOf } from '../state/presets'
import { router } from '../state/router.svelte'
import { services } from '../state/services.svelte'

type Run = () => unknown
export type Ways = Partial<Record<Remedy, Run | null>>

/** The way out of a problem, if this place has one. */
export function remedyFor(
  remedy: Remedy,
  ways: Ways,
  serviceId: string | null,
): { remedy: Remedy; run: Run } | undefined {
  const run = ways[remedy] === undefined ? common(remedy, serviceId) : ways[remedy]
  if (run) return { remedy, run }
  // After waiting, the way on is to try again; where nothing older can be left out, the text itself is too long.
  const instead: Partial<Record<Remedy, Remedy>> = { wait: 'try_again', leave_out: 'change_text' }
  const other = instead[remedy]
  const way = other && ways[other]
  return way ? { remedy: other, run: way } : undefined
}

/** What the button says. */
export function remedyWords(remedy: Remedy): string {
  const words: Partial<Record<Remedy, string>> = {
    fix_key: m.remedy_fix_key(),
    choose_model: m.remedy_choose_model(),
    top_up: m.remedy_top_up(),
    wait: m.remedy_try_again(),
    try_again: m.remedy_try_again(),
    go_on: m.remedy_go_on(),
    check_address: m.remedy_check_address(),
    new_chat: m.remedy_new_chat(),
    leave_out: m.remedy_leave_out(),
    change_text: m.remedy_change_text(),
    free_space: m.remedy_free_space(),
    keep_in_memory: m.remedy_keep_in_memory(),
    connect: m.remedy_connect(),
    ask_in_chat: m.remedy_ask_in_chat(),
  }
  return words[remedy] ?? ''
}

function common(remedy: Remedy, serviceId: string | null): Run | undefined {
  const service = services.byId(serviceId)
  const ways: Partial<Record<Remedy, Run>> = {
    fix_key: () => router.openSettings('services'),
    check_address: () => router.openSettings('services'),
    free_space: () => router.openSettings('bin'),
    new_chat: () => router.newConversation(),
    connect: () => {
      router.welcome = 'connect'
    },
    ...(service && { top_up: () => host.openLink(siteOf(service)) }),
  }
  return ways[remedy]
}
