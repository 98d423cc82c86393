// The fake's tools as the host offers them.
import type { Tool } from '../../bindings/Tool'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import type { FakeStore } from './store'

const tool = (name: string, part: Partial<Tool> = {}): Tool => ({
  id: name,
  name,
  description: '',
  parameters: '{"type":"object","properties":{}}',
  policy: 'ask',
  builtin: true,
  ...part,
})

export function sampleTools(): Tool[] {
  return [
    tool('calculator'),
    tool('date_and_time', { policy: 'always' }),
    tool('search_conversations', { policy: 'never' }),
    tool('weather', {
      builtin: false,
      description: 'Says the weather.',
      parameters:
        '{"type":"object","properties":{"city":{"type":"string","description":"Where"}},"required":["city"]}',
    }),
  ]
}

export function toolHost(store: FakeStore): Host['tools'] {
  const changed = () => store.tell({ kind: 'tools' })
  return {
    list: async () => store.tools.map((one) => ({ ...one })),
    async read(pasted) {
      const found: unknown = parsed(pasted)
      const list = Array.isArray(found) ? found : [found]
      return list.map((item: { name?: string; description?: string; parameters?: unknown }) => {
        if (!item.name) throw new Failure(problem('tool_misshapen', '', { field: 'name' }))
        const { name, description = '', parameters = { type: 'object', properties: {} } } = item
        return { id: null, name, description, parameters: JSON.stringify(parameters) }
      })
    },
    async save({ id, name, description, parameters }) {
      if (!/^[\w-]{1,64}$/.test(name)) throw new Failure(problem('tool_name_wrong', '', { field: name }))
      if (store.tools.some((one) => one.name === name && one.id !== id))
        throw new Failure(problem('tool_name_taken', '', { field: name }))
      const before = store.tools.find((one) => one.id === id)
      const kept = tool(name, {
        id: id ?? crypto.randomUUID(),
        description,
        parameters,
        builtin: false,
        policy: before?.policy ?? 'ask',
      })
      store.tools = [...store.tools.filter((one) => one.id !== kept.id), kept]
      changed()
      return kept
    },
    async setPolicy(id, policy) {
      store.tools = store.tools.map((one) => (one.id === id ? { ...one, policy } : one))
      changed()
    },
    async remove(id) {
      store.tools = store.tools.filter((one) => one.id !== id)
      changed()
    },
  }
}

function parsed(pasted: string): unknown {
  try {
    return JSON.parse(pasted)
  } catch (error) {
    throw new Failure(problem('tool_unreadable', String(error)))
  }
}
