// The connected services, in the person's order.
import type { Service } from '../bindings/Service'
import { settings } from './settings.svelte'

class Services {
  #all = $state.raw<Service[]>([])

  get all(): readonly Service[] {
    return this.#all
  }

  /** The one that a new conversation would ask. */
  get current(): Service | undefined {
    return this.byId(settings.value.serviceId) ?? this.#all[0]
  }

  byId(id: string | null): Service | undefined {
    return this.#all.find((service) => service.id === id)
  }

  fill(services: Service[]) {
    this.#all = services.toSorted((one, other) => one.position - other.position)
  }

  /** A new row, or a row as it is now. */
  put(service: Service) {
    this.fill([...this.#all.filter((known) => known.id !== service.id), service])
  }

  drop(id: string) {
    this.#all = this.#all.filter((service) => service.id !== id)
  }
}

export const services = new Services()
