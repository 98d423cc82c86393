// What is set for the fake's conversations, and a summary that writes itself.
import type { Host } from '../host'
import type { FakeStore } from './store'
import type { Talk } from './talk'
import { branch } from './tree'

type Part = Pick<
  Host['chat'],
  'setOptions' | 'setInstructions' | 'saveBeginning' | 'outlook' | 'sumUp' | 'stopSummingUp' | 'forgetSummary'
>

const STEP_MS = 200
const STEPS = 4

export function optionsHost(
  store: FakeStore,
  change: (id: string, part: Partial<Talk['conversation']>) => Talk['conversation'],
): Part {
  return {
    setOptions: async (id, options) => change(id, { options }),
    setInstructions: async (id, instructions) => change(id, { instructions }),
    async saveBeginning(beginning) {
      store.beginning = beginning
    },
    async outlook(id, { serviceId, model }, typed) {
      const said = branch(store.talk(id))
      const window =
        store.models.find((one) => one.serviceId === serviceId && one.name === model)?.context ?? null
      const tokens = Math.ceil((said.reduce((sum, one) => sum + one.text.length, 0) + typed.length) / 4) + 40
      const summary = store.talk(id).conversation.summary
      const summed = summary ? said.findIndex((one) => one.id === summary.upto) + 1 : 0
      const of = said.length + (typed ? 1 : 0)
      const sent = { messages: of - summed, of, tokens, window, exact: false }
      return { sent, first: said[summed]?.id ?? null, summed }
    },
    async sumUp(id) {
      const step = (at: number) => {
        if (at > STEPS) return finish()
        store.tell({ kind: 'summingUp', id, part: 1, parts: 1, letters: at * 60 })
        store.summing.set(
          id,
          setTimeout(() => step(at + 1), STEP_MS),
        )
      }
      const finish = () => {
        store.summing.delete(id)
        const upto = branch(store.talk(id))[0]?.id ?? ''
        change(id, { summary: { upto, text: 'They spoke of a flat roof and what it may carry.' } })
        store.tell({ kind: 'summedUp', id, problem: null })
      }
      step(1)
    },
    async stopSummingUp(id) {
      clearTimeout(store.summing.get(id))
      store.summing.delete(id)
      store.tell({ kind: 'summedUp', id, problem: null })
    },
    forgetSummary: async (id) => change(id, { summary: null }),
  }
}
