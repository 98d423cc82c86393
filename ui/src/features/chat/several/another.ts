// The model offered beside those that are chosen already: a favourite if there is one left, else the next in the list.
import type { Ask } from '../../../bindings/Ask'
import type { Model } from '../../../bindings/Model'

type Known = Pick<Model, 'serviceId' | 'name' | 'favourite'>

export function another(models: readonly Known[], taken: readonly (Ask | null)[]): Ask | null {
  const isTaken = ({ serviceId, name }: Known) =>
    taken.some((ask) => ask?.serviceId === serviceId && ask.model === name)
  const free = models.filter((model) => !isTaken(model))
  const best = free.find((model) => model.favourite) ?? free[0] ?? models[0]
  return best ? { serviceId: best.serviceId, model: best.name } : null
}
