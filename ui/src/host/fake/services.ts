// The fake's services and models.
import type { Lamps } from '../../bindings/Lamps'
import type { Model } from '../../bindings/Model'
import type { ModelKind } from '../../bindings/ModelKind'
import type { Service } from '../../bindings/Service'

const EVERYTHING: Lamps = {
  chat: 'works',
  pictures: 'works',
  midjourney: 'works',
  speech: 'works',
  transcription: 'works',
  meaningSearch: 'not_checked',
  balance: 'works',
}

const CHAT_ONLY: Lamps = {
  chat: 'works',
  pictures: 'not_offered',
  midjourney: 'not_offered',
  speech: 'not_offered',
  transcription: 'not_checked',
  meaningSearch: 'works',
  balance: 'not_offered',
}

/** A service as it is right after connecting. */
export function service(id: string, part: Partial<Service>): Service {
  const now = Date.now()
  return {
    id,
    name: id,
    preset: 'other',
    address: 'https://api.example.org/v1',
    family: '',
    key: { place: 'keychain', endsIn: '4f2a' },
    lamps: EVERYTHING,
    balance: null,
    position: 0,
    createdAt: now,
    checkedAt: now,
    uploadAddress: '',
    midjourneyAddress: '',
    ...part,
  }
}

export function sampleServices(): Service[] {
  const now = Date.now()
  return [
    service('modelbox', {
      name: 'ModelBox',
      preset: 'modelbox',
      address: 'https://api.model.box/v1',
      balance: { left: 18.42, currency: 'USD', at: now },
      checkedAt: now - 4 * 60_000,
    }),
    service('ollama', {
      name: 'Ollama',
      preset: 'ollama',
      address: 'http://127.0.0.1:11434/v1',
      family: 'ollama',
      key: { place: 'none', endsIn: '' },
      lamps: CHAT_ONLY,
      position: 1,
    }),
  ]
}

type Priced = [
  name: string,
  label: string,
  kind: ModelKind,
  priceIn?: number,
  priceOut?: number,
  context?: number,
]

const LISTED: Priced[] = [
  ['anthropic/claude-sonnet-4.5', 'Claude Sonnet 4.5', 'chat', 3, 15, 200_000],
  ['deepseek/deepseek-reasoner', 'DeepSeek Reasoner', 'chat', 0.55, 2.19, 64_000],
  ['openai/gpt-4o-mini', 'GPT-4o mini', 'chat', 0.15, 0.6, 128_000],
  ['openai/gpt-4o', 'GPT-4o', 'chat', 2.5, 10, 128_000],
  ['google/gemini-2.5-flash', 'Gemini 2.5 Flash', 'chat', 0.3, 2.5, 1_048_576],
  ['meta/llama-3.3-70b-instruct', 'Llama 3.3 70B', 'chat', 0.12, 0.3, 131_072],
  ['mistral/mistral-large', 'Mistral Large', 'chat', 2, 6, 128_000],
  ['qwen/qwen-3-235b', '通义千问 3 235B', 'chat', 0.2, 0.6, 131_072],
  ['arcee/virtuoso-large', 'Virtuoso Large', 'chat', 0.75, 1.2, 131_072],
  ['gpt-image-1', 'GPT Image 1', 'image'],
  ['dall-e-3', 'DALL·E 3', 'image'],
  ['stable-diffusion-xl', 'Stable Diffusion XL', 'image'],
  ['midjourney', 'Midjourney', 'midjourney'],
  ['tts-1-hd', 'tts-1-hd', 'speech'],
  ['whisper-1', 'whisper-1', 'transcription'],
  ['text-embedding-3-small', 'text-embedding-3-small', 'embedding', 0.02],
]

/** The models listed above, and as many more as make a long list. */
export function sampleModels(more = 200): Model[] {
  const boxed = LISTED.map(([name, label, kind, priceIn, priceOut, context], index) =>
    model('modelbox', { name, label, kind, priceIn, priceOut, context, favourite: index < 3 }),
  )
  const local = model('ollama', { name: 'llama3.1:8b', label: 'Llama 3.1 8B', kind: 'chat' })
  const rest = Array.from({ length: more }, (_, index) => {
    const name = `lab-${(index % 17) + 1}/model-${index + 1}`
    return model('modelbox', {
      name,
      label: name,
      kind: 'chat',
      priceIn: (index % 9) / 4,
      priceOut: (index % 9) / 2,
    })
  })
  return [...boxed, local, ...rest]
}

type Given = { [Key in keyof Model]?: Model[Key] | undefined } & Pick<Model, 'name' | 'kind'>

export function model(serviceId: string, part: Given): Model {
  return {
    serviceId,
    name: part.name,
    label: part.label ?? part.name,
    kind: part.kind,
    context: part.context ?? null,
    priceIn: part.priceIn ?? null,
    priceOut: part.priceOut ?? null,
    priceCall: part.priceCall ?? null,
    favourite: part.favourite ?? false,
    typedIn: part.typedIn ?? false,
  }
}
