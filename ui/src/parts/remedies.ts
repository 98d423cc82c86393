// What the button of an error banner does.
import { host, type Remedy } from '../host'
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
