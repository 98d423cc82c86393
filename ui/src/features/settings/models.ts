// Which models the list shows, and in which order.
import type { Model } from '../../bindings/Model'
import type { ModelKind } from '../../bindings/ModelKind'
import type { Service } from '../../bindings/Service'
import { m } from '../../paraglide/messages'

export interface Listed {
  model: Model
  /** The name of its service. */
  service: string
}

/** The models that hold every typed word in name, service or kind; favourites first, then by service and name. */
export function modelsFor(models: readonly Model[], services: readonly Service[], typed: string): Listed[] {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const names = new Map(services.map((service) => [service.id, service.name]))
  const place = new Map(services.map((service, index) => [service.id, index]))
  const rank = ({ model }: Listed) => (model.favourite ? 0 : 1000) + (place.get(model.serviceId) ?? 999)
  return models
    .map((model) => ({ model, service: names.get(model.serviceId) ?? '' }))
    .filter(({ model, service }) => {
      const text = `${model.label} ${model.name} ${service} ${kindName(model.kind)}`.toLocaleLowerCase()
      return words.every((word) => text.includes(word))
    })
    .toSorted((one, other) => rank(one) - rank(other) || one.model.label.localeCompare(other.model.label))
}

export function kindName(kind: ModelKind): string {
  const names: Record<ModelKind, () => string> = {
    chat: m.lamp_chat,
    image: m.lamp_pictures,
    midjourney: m.lamp_midjourney,
    speech: m.lamp_speech,
    transcription: m.lamp_transcription,
    embedding: m.lamp_meaning_search,
    other: m.preset_other,
  }
  return names[kind]()
}
