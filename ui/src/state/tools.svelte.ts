// The tools that models may call, and what people call them.
import type { Policy } from '../bindings/Policy'
import type { Tool } from '../bindings/Tool'
import { failureOf, host } from '../host'
import { m } from '../paraglide/messages'
import { toasts } from './toasts.svelte'

class Tools {
  #all = $state.raw<readonly Tool[]>([])
  #asked = false

  /** Medley's own first. Empty until `need` was called and answered. */
  get all(): readonly Tool[] {
    return this.#all
  }

  named(name: string): Tool | undefined {
    return this.#all.find((tool) => tool.name === name)
  }

  /** Somebody shows tools: the list is read, once. */
  need(): void {
    if (!this.#asked) void this.reload()
  }

  /** Reads the list anew where somebody has shown it; an old list stays when that fails. */
  changed(): void {
    if (this.#asked) void this.reload()
  }

  async reload(): Promise<void> {
    this.#asked = true
    try {
      this.#all = await host.tools.list()
    } catch (thrown) {
      this.#asked = false
      toasts.failed(failureOf(thrown))
    }
  }

  async setPolicy(id: string, policy: Policy): Promise<void> {
    try {
      await host.tools.setPolicy(id, policy)
      this.#all = this.#all.map((tool) => (tool.id === id ? { ...tool, policy } : tool))
    } catch (thrown) {
      toasts.failed(failureOf(thrown))
    }
  }
}

export const tools = new Tools()

/** What people call a tool: Medley's own have names in each language, others the name that models use. */
export function toolName(name: string): string {
  switch (name) {
    case 'calculator':
      return m.tool_calculator()
    case 'date_and_time':
      return m.tool_date_and_time()
    case 'search_conversations':
      return m.tool_search_conversations()
    default:
      return name || m.tool_unnamed()
  }
}

/** What one of Medley's own tools does; "" for others, which say so themselves. */
export function toolWords(name: string): string {
  switch (name) {
    case 'calculator':
      return m.tool_calculator_words()
    case 'date_and_time':
      return m.tool_date_and_time_words()
    case 'search_conversations':
      return m.tool_search_conversations_words()
    default:
      return ''
  }
}
