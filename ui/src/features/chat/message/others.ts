// Other models to try an answer with: favourites, then those of the same service; the picker for the rest.
import type { Message } from '../../../bindings/Message'
import type { MenuItem } from '../../../kit/Menu.svelte'
import { m } from '../../../paraglide/messages'
import { models } from '../../../state/models.svelte'
import { services } from '../../../state/services.svelte'
import { chat } from '../chat.svelte'

/** A menu stays short. */
const MOST = 8

export function othersFor(message: Message): MenuItem[] {
  const nearness = (serviceId: string, favourite: boolean) =>
    favourite ? 0 : serviceId === message.serviceId ? 1 : 2
  const others = models
    .of('chat')
    .filter(
      ({ serviceId, name }) =>
        services.byId(serviceId) && !(serviceId === message.serviceId && name === message.model),
    )
    .toSorted(
      (one, other) => nearness(one.serviceId, one.favourite) - nearness(other.serviceId, other.favourite),
    )
    .slice(0, MOST)
  const seen = new Set<string>()
  const label = (name: string, serviceId: string) => {
    const words = seen.has(name) ? `${name} · ${services.byId(serviceId)?.name ?? ''}` : name
    seen.add(name)
    return words
  }
  return [
    ...others.map(({ serviceId, name, label: words }) => ({
      label: label(words || name, serviceId),
      run: () => void chat.retry(message, { serviceId, model: name }),
    })),
    { label: m.remedy_choose_model(), apart: true, run: () => chat.wantPicker() },
  ]
}
