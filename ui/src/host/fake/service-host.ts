// The fake's services and models as the host offers them. Keys that hold "wrong" are refused, keys that hold
// "locked" meet a locked keychain, addresses that hold "page" are web pages.
import type { Connect } from '../../bindings/Connect'
import type { Service } from '../../bindings/Service'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import { model, sampleModels, sampleServices, service } from './services'
import type { FakeStore } from './store'

const NAMES: Record<string, string> = {
  modelbox: 'ModelBox',
  arcee: 'Arcee',
  modelless: 'Modelless',
  ollama: 'Ollama',
}

export function serviceHost(store: FakeStore): Host['services'] {
  const change = (id: string, part: Partial<Service>) => {
    const changed = { ...store.service(id), ...part }
    store.services = store.services.map((known) => (known.id === id ? changed : known))
    store.tell({ kind: 'service', service: changed })
    return changed
  }
  const keyState = (key: string, inMemory: boolean): Service['key'] => {
    if (key.includes('wrong'))
      throw new Failure(problem('key_rejected', 'Incorrect API key provided', { status: 401 }))
    const noVault =
      store.scene.keychain === false ? 'vault_missing' : key.includes('locked') ? 'vault_locked' : ''
    if (key && noVault && !inMemory) throw new Failure(problem(noVault))
    return { place: key ? (inMemory ? 'memory' : 'keychain') : 'none', endsIn: key.slice(-4) }
  }
  return {
    readAddress: async (address) => readAddress(address),
    async connect(request) {
      await pause()
      const made = connected(store, request, keyState(request.key, request.keyInMemory))
      store.services.push(made)
      store.models.push(...sampleModels(20).map((known) => ({ ...known, serviceId: made.id })))
      store.tell({ kind: 'service', service: made })
      store.tell({ kind: 'models' })
      return made
    },
    findLocal: async () =>
      store.scene.local ? [{ preset: 'ollama', address: 'http://127.0.0.1:11434/v1', models: 3 }] : [],
    async test(id) {
      await pause()
      return change(id, { checkedAt: Date.now() })
    },
    rename: async (id, name) => change(id, { name }),
    setAddress: async (id, address) => change(id, { address: readAddress(address) }),
    async replaceKey(id, key, inMemory) {
      await pause()
      return change(id, { key: keyState(key, inMemory) })
    },
    removeKey: async (id) => change(id, { key: { place: 'none', endsIn: '' } }),
    setUploadAddress: async (id, uploadAddress) => change(id, { uploadAddress }),
    setMidjourneyAddress: async (id, midjourneyAddress) => change(id, { midjourneyAddress }),
    async remove(id) {
      store.services = store.services.filter((known) => known.id !== id)
      store.models = store.models.filter((known) => known.serviceId !== id)
      store.tell({ kind: 'serviceGone', id })
      store.tell({ kind: 'models' })
    },
    learnt: async (id) => store.learnt.filter((row) => row.serviceId === id),
    async forgetLearnt(id) {
      store.learnt = store.learnt.filter((row) => row.serviceId !== id)
    },
    async forgetLearntOf(id, model) {
      store.learnt = store.learnt.filter((row) => row.serviceId !== id || row.model !== model)
    },
  }
}

export function modelHost(store: FakeStore): Host['models'] {
  return {
    list: async () => store.models,
    refresh: async () => store.models,
    async setFavourite(serviceId, name, favourite) {
      store.models = store.models.map((known) =>
        known.serviceId === serviceId && known.name === name ? { ...known, favourite } : known,
      )
    },
    async addTypedIn(serviceId, name) {
      const made = model(serviceId, { name, kind: 'chat', typedIn: true })
      store.models = [...store.models, made]
      return made
    },
    async readGpt(_, pasted) {
      const [, id, tail = ''] = /g-([A-Za-z0-9]+)(?:-([^/?#]*))?/.exec(pasted) ?? []
      if (!id) throw new Failure(problem('gpt_unreadable', pasted, {}))
      return { id: `g-${id}`, name: tail.replaceAll('-', ' '), prefix: 'gpt-4-gizmo-' }
    },
    async addGpt(serviceId, name, label) {
      const made = model(serviceId, { name, label, kind: 'chat', typedIn: true, favourite: true })
      store.models = [...store.models.filter((known) => known.name !== name), made]
      return made
    },
  }
}

function connected(store: FakeStore, { preset, address }: Connect, key: Service['key']): Service {
  const read = readAddress(address)
  if (read.includes('page')) throw new Failure(problem('not_an_api', '<!doctype html>', { status: 200 }))
  const [first] = sampleServices()
  return service(crypto.randomUUID(), {
    name: NAMES[preset] ?? new URL(read).hostname,
    preset,
    address: read,
    key,
    balance: first?.balance ?? null,
    position: store.services.length,
  })
}

/** Nearly as the engine reads addresses; enough to look at. */
function readAddress(address: string): string {
  const trimmed = address
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/(chat\/completions|models)$/, '')
  const whole = /^https?:\/\//.test(trimmed) ? trimmed : `https://${trimmed}`
  if (!/^https?:\/\/[\w.-]+(:\d+)?(\/|$)/.test(whole)) throw new Failure(problem('address_unreadable'))
  return /\/v\d+$/.test(whole) ? whole : `${whole}/v1`
}

function pause() {
  return new Promise((done) => setTimeout(done, import.meta.env.MODE === 'test' ? 0 : 700))
}
