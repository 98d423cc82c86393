// What the one who answers is called.
import { m } from '../../../paraglide/messages'
import { models } from '../../../state/models.svelte'

export function nameOf(serviceId: string | null, model: string): string {
  return models.find(serviceId, model)?.label || model || m.chat_answer()
}
