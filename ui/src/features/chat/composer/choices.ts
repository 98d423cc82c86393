// The models one can ask in a chat, as rows of the picker: favourites first, then service by service.
import type { Ask } from '../../../bindings/Ask'
import type { Model } from '../../../bindings/Model'
import type { Service } from '../../../bindings/Service'
import type { Choice } from '../../../kit/choices'

export interface Words {
  favourites: string
  /** Quiet word beside a model that the person typed in. */
  typedIn: string
  price(dollars: number): string
  /** What the service asks for a million tokens or for a call; "" where it publishes nothing. */
  rate(model: Model): string
}

/** A question and its answer, tokens. */
export interface Size {
  tokensIn: number
  tokensOut: number
}

/** About four letters make a token; an answer is taken as 400 of them. */
export function sizeOf(letters: number): Size {
  return { tokensIn: Math.ceil(letters / 4), tokensOut: 400 }
}

/** One name for a model of a service; service ids hold no line breaks. */
export function choiceId(ask: Ask): string {
  return `${ask.serviceId}\n${ask.model}`
}

export function askOf(id: string): Ask {
  const at = id.indexOf('\n')
  return { serviceId: id.slice(0, at), model: id.slice(at + 1) }
}

/** Only what can chat; what the person typed in was meant for it. */
export function choicesOf(
  models: readonly Model[],
  services: readonly Service[],
  size: Size,
  words: Words,
): Choice[] {
  const names = new Map(services.map((service) => [service.id, service.name]))
  const order = new Map(services.map((service, index) => [service.id, index]))
  const fitting = models.filter(
    (model) =>
      names.has(model.serviceId) && !model.name.endsWith('*') && (model.kind === 'chat' || model.typedIn),
  )
  const rank = (model: Model) => (model.favourite ? -1 : (order.get(model.serviceId) ?? 0))
  return fitting
    .toSorted((one, other) => rank(one) - rank(other) || one.label.localeCompare(other.label))
    .map((model) => choice(model, names.get(model.serviceId) ?? '', size, words))
}

function choice(model: Model, service: string, size: Size, words: Words): Choice {
  const price = priceOf(model, size)
  const name = model.label === model.name ? '' : model.name
  const notes = [words.rate(model), name, model.typedIn ? words.typedIn : '', service]
  return {
    id: choiceId({ serviceId: model.serviceId, model: model.name }),
    label: model.label,
    note: notes.filter(Boolean).join(' · '),
    end: price === null ? '' : words.price(price),
    section: model.favourite ? words.favourites : service,
    starred: model.favourite,
  }
}

/** US dollars for a question and its answer, where the service publishes all that counts. */
export function priceOf(
  { priceIn, priceOut, priceCall }: Pick<Model, 'priceIn' | 'priceOut' | 'priceCall'>,
  size: Size,
): number | null {
  if (priceIn === null && priceOut === null) return priceCall
  if (priceIn === null || priceOut === null) return null
  return (priceIn * size.tokensIn + priceOut * size.tokensOut) / 1e6 + (priceCall ?? 0)
}
