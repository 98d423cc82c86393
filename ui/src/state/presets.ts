// The services that Medley knows by name: where they answer, and where their people pay.
import { m } from '../paraglide/messages'

export interface Preset {
  id: string
  name: string
  address: string
  /** Runs on this computer, mostly without a key. */
  local?: boolean
  /** The page where money is added; without one, the service's own host. */
  site?: string
}

const NAMED: Preset[] = [
  { id: 'modelbox', name: 'ModelBox', address: 'https://api.model.box/v1', site: 'https://model.box' },
  { id: 'arcee', name: 'Arcee', address: 'https://api.arcee.ai/api/v1', site: 'https://www.arcee.ai' },
  { id: 'modelless', name: 'Modelless', address: 'https://api.modelless.co/v1' },
  { id: 'gptnb', name: 'GPTNB', address: 'https://api.gptnb.me/v1' },
  {
    id: 'openai',
    name: 'OpenAI',
    address: 'https://api.openai.com/v1',
    site: 'https://platform.openai.com/settings/organization/billing',
  },
  {
    id: 'openrouter',
    name: 'OpenRouter',
    address: 'https://openrouter.ai/api/v1',
    site: 'https://openrouter.ai/settings/credits',
  },
  {
    id: 'deepseek',
    name: 'DeepSeek',
    address: 'https://api.deepseek.com/v1',
    site: 'https://platform.deepseek.com/top_up',
  },
  { id: 'ollama', name: 'Ollama', address: 'http://127.0.0.1:11434/v1', local: true },
  { id: 'lmstudio', name: 'LM Studio', address: 'http://127.0.0.1:1234/v1', local: true },
]

const FOUND_ONLY: Record<string, string> = { llamacpp: 'llama.cpp', jan: 'Jan', localai: 'LocalAI' }

/** What one can choose from when connecting, "Other" last. */
export function presets(): Preset[] {
  return [...NAMED, { id: 'other', name: m.preset_other(), address: '' }]
}

/** A preset's name; servers found on this computer may answer like one that cannot be chosen. */
export function presetName(id: string): string {
  return NAMED.find((preset) => preset.id === id)?.name ?? FOUND_ONLY[id] ?? m.preset_other()
}

/** The preset that answers at an address, judged by its host and port. */
export function presetAt(address: string): Preset | undefined {
  const host = URL.canParse(address) ? new URL(address).host : ''
  return NAMED.find((preset) => new URL(preset.address).host === host.replace('localhost', '127.0.0.1'))
}

/** Whether an address is on this computer. */
export function isLocal(address: string): boolean {
  return URL.canParse(address) && /^(localhost|127\.|\[::1\])/.test(new URL(address).hostname)
}

/** Where money is added. */
export function siteOf({ preset, address }: { preset: string; address: string }): string {
  return NAMED.find((known) => known.id === preset)?.site ?? new URL(address).origin
}
