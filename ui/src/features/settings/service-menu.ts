// The menu of a service's card.
import BrainCircuit from '@lucide/svelte/icons/brain-circuit'
import KeyRound from '@lucide/svelte/icons/key-round'
import Link from '@lucide/svelte/icons/link'
import Palette from '@lucide/svelte/icons/palette'
import PenLine from '@lucide/svelte/icons/pen-line'
import RefreshCw from '@lucide/svelte/icons/refresh-cw'
import Trash2 from '@lucide/svelte/icons/trash-2'
import Upload from '@lucide/svelte/icons/upload'
import type { Service } from '../../bindings/Service'
import { host } from '../../host'
import type { MenuItem } from '../../kit/Menu.svelte'
import { m } from '../../paraglide/messages'
import { models } from '../../state/models.svelte'
import { services } from '../../state/services.svelte'
import { attempt, toasts } from '../../state/toasts.svelte'

/** What is being asked about a service. */
export type Asked = 'name' | 'address' | 'key' | 'learnt' | 'midjourney' | 'upload' | 'remove'

export function serviceMenu(service: Service, ask: (what: Asked) => void): MenuItem[] {
  const hasKey = service.key.place !== 'none'
  return [
    { label: m.service_rename(), icon: PenLine, run: () => ask('name') },
    { label: m.service_change_address(), icon: Link, run: () => ask('address') },
    { label: m.attach_upload_address(), icon: Upload, run: () => ask('upload') },
    { label: m.service_midjourney(), icon: Palette, run: () => ask('midjourney') },
    { label: m.service_refresh(), icon: RefreshCw, run: () => attempt(() => refresh(service)) },
    { label: m.service_forget(), icon: BrainCircuit, run: () => ask('learnt') },
    ...(hasKey
      ? [
          {
            label: m.service_remove_key(),
            icon: KeyRound,
            apart: true,
            run: () => attempt(() => removeKey(service)),
          },
        ]
      : []),
    { label: m.service_remove(), icon: Trash2, tone: 'bad', apart: !hasKey, run: () => ask('remove') },
  ]
}

async function refresh({ id, name }: Service) {
  const listed = await host.models.refresh(id)
  await models.reload()
  const count = listed.filter((model) => model.serviceId === id).length
  toasts.show(m.service_refreshed({ name, count }))
}

async function removeKey({ id, name }: Service) {
  services.put(await host.services.removeKey(id))
  toasts.show(m.service_key_removed({ name }))
}
