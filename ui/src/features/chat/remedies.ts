// The one button under a failure, for what can be done from a chat.
import type { Problem } from '../../bindings/Problem'
import { explain, failureOf, host, type Remedy } from '../../host'
import { m } from '../../paraglide/messages'
import { router } from '../../state/router.svelte'
import { services } from '../../state/services.svelte'
import { toasts } from '../../state/toasts.svelte'
import { chat } from './chat.svelte'

/** What can be done at this place; a remedy without a way here gets no button. */
export interface Ways {
  tryAgain?: () => void
  goOn?: () => void
  changeText?: () => void
  serviceId: string | null
}

export interface Action {
  label: string
  run: () => void
}

export function actionFor(problem: Problem, ways: Ways): Action | undefined {
  const { remedy } = explain(problem)
  const { label, run } = remedies(ways)[remedy]
  return run && { label, run }
}

function remedies(ways: Ways): Record<Remedy, { label: string; run: (() => void) | undefined }> {
  const openServices = () => router.openSettings('services')
  return {
    fix_key: { label: m.remedy_fix_key(), run: openServices },
    check_address: { label: m.remedy_check_address(), run: openServices },
    choose_model: { label: m.remedy_choose_model(), run: () => void chat.pickerWanted++ },
    top_up: { label: m.remedy_top_up(), run: siteOf(ways.serviceId) },
    wait: { label: m.remedy_try_again(), run: ways.tryAgain },
    try_again: { label: m.remedy_try_again(), run: ways.tryAgain },
    go_on: { label: m.remedy_go_on(), run: ways.goOn },
    new_chat: { label: m.remedy_new_chat(), run: () => router.newConversation() },
    change_text: { label: m.remedy_change_text(), run: ways.changeText },
    free_space: { label: m.remedy_free_space(), run: () => router.openSettings('bin') },
    connect: { label: m.remedy_connect(), run: () => (router.welcome = 'connect') },
    keep_in_memory: { label: m.remedy_fix_key(), run: openServices },
    none: { label: '', run: undefined },
  }
}

/** Opens the front page of a service, where its account is. */
function siteOf(serviceId: string | null): (() => void) | undefined {
  const url = URL.parse(services.byId(serviceId)?.address ?? '')
  if (!url) return undefined
  return () => void host.openLink(url.origin).catch((reason: unknown) => toasts.failed(failureOf(reason)))
}
