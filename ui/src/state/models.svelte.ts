// The models of all connected services.
import type { Model } from '../bindings/Model'
import type { ModelKind } from '../bindings/ModelKind'
import { failureOf, host } from '../host'
import { toasts } from './toasts.svelte'

class Models {
  #all = $state.raw<Model[]>([])

  get all(): readonly Model[] {
    return this.#all
  }

  /** Those that can be asked. A row such as "gpt-4-gizmo-*" stands for names, it is none. */
  of(kind: ModelKind): Model[] {
    return this.#all.filter((model) => model.kind === kind && !model.name.endsWith('*'))
  }

  find(serviceId: string | null, name: string): Model | undefined {
    return this.#all.find((model) => model.serviceId === serviceId && model.name === name)
  }

  fill(models: Model[]) {
    this.#all = models
  }

  /** Reads the list anew; an old list stays when that fails. */
  async reload() {
    await this.#try(async () => this.fill(await host.models.list()))
  }

  async toggleFavourite({ serviceId, name, favourite }: Model) {
    await this.#try(async () => {
      await host.models.setFavourite(serviceId, name, !favourite)
      this.#put({ serviceId, name }, { favourite: !favourite })
    })
  }

  /** Any name the person knows better than the service's list does. */
  async addTypedIn(serviceId: string, name: string): Promise<Model | undefined> {
    return this.#try(async () => {
      const model = await host.models.addTypedIn(serviceId, name)
      if (!this.find(serviceId, model.name)) this.fill([...this.#all, model])
      return model
    })
  }

  /** A GPT under a name of its own; it stands among the favourites. */
  async addGpt(serviceId: string, name: string, label: string): Promise<Model | undefined> {
    return this.#try(async () => {
      const model = await host.models.addGpt(serviceId, name, label)
      await this.reload()
      return model
    })
  }

  #put(key: Pick<Model, 'serviceId' | 'name'>, part: Partial<Model>) {
    this.#all = this.#all.map((model) =>
      model.serviceId === key.serviceId && model.name === key.name ? { ...model, ...part } : model,
    )
  }

  async #try<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work()
    } catch (thrown) {
      toasts.failed(failureOf(thrown))
      return undefined
    }
  }
}

export const models = new Models()
