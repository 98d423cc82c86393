// The fake's pictures and what they are made with.
import type { Generation } from '../../bindings/Generation'
import type { MakePictures } from '../../bindings/MakePictures'
import type { Picture } from '../../bindings/Picture'
import type { PictureEngine } from '../../bindings/PictureEngine'
import type { PictureQuery } from '../../bindings/PictureQuery'
import type { Task } from '../../bindings/Task'
import { problem } from '../failure'
import { NO_PICTURE_OPTIONS } from '../nothing'

const PROMPTS = [
  'A paper-cut forest at dawn, a white deer between the trees, soft shadows',
  'Lighthouse at dusk, beam over a calm sea',
  'Four koi in a green pond, seen from above',
  'Woman in a straw hat looking out to sea',
  'Northern lights over a small red cabin in the snow',
  'Still life: cherry blossom in a white vase, morning light',
  'A bowl of ramen on a dark table, from above',
  'A blue whale and a diver, light falling through the water',
  'A fox sitting in deep snow among birch trees, gouache, children’s book',
  '雨中的小巷，霓虹灯映在石板路上',
  'Mount Fuji behind clouds, woodblock print, a boat in front',
]
const SIZES = ['1536x1024', '1024x1024', '1024x1536', '1792x1024', '1024x1024', '1536x1024', '1024x1792']
const DAY_MS = 86_400_000
const A_DAY = 9

export function sampleEngines(): PictureEngine[] {
  const none = {
    anySize: false,
    qualities: [],
    styles: [],
    backgrounds: [],
    formats: [],
    moderations: [],
    fidelities: [],
    compression: false,
    masks: false,
    variations: false,
    refused: [],
    tools: [],
    noTools: [],
  }
  return [
    {
      serviceId: 'modelbox',
      model: 'gpt-image-1',
      label: 'GPT Image 1',
      family: 'gpt-image',
      favourite: true,
      price: 0.042,
      promptLimit: 32_000,
      sizes: ['auto', '1024x1024', '1536x1024', '1024x1536'],
      anySize: false,
      qualities: ['auto', 'low', 'medium', 'high'],
      styles: [],
      backgrounds: ['auto', 'transparent', 'opaque'],
      formats: ['png', 'jpeg', 'webp'],
      compression: true,
      moderations: ['auto', 'low'],
      fidelities: ['low', 'high'],
      maxCount: 10,
      references: 16,
      masks: true,
      variations: false,
      refused: [],
      tools: [],
      noTools: [],
    },
    {
      ...none,
      serviceId: 'modelbox',
      model: 'dall-e-3',
      label: 'DALL·E 3',
      family: 'dall-e-3',
      favourite: false,
      price: 0.04,
      promptLimit: 4000,
      sizes: ['1024x1024', '1792x1024', '1024x1792'],
      qualities: ['standard', 'hd'],
      styles: ['vivid', 'natural'],
      maxCount: 1,
      references: 0,
    },
    {
      ...none,
      serviceId: 'modelbox',
      model: 'dall-e-2',
      label: 'DALL·E 2',
      family: 'dall-e-2',
      favourite: false,
      price: 0.02,
      promptLimit: 1000,
      sizes: ['256x256', '512x512', '1024x1024'],
      maxCount: 10,
      references: 1,
      masks: true,
      variations: true,
    },
    {
      ...none,
      serviceId: 'modelbox',
      model: 'stable-diffusion-xl',
      label: 'Stable Diffusion XL',
      family: 'other',
      favourite: false,
      price: null,
      promptLimit: null,
      sizes: ['1024x1024', '1536x1024', '1024x1536'],
      anySize: true,
      maxCount: 4,
      references: 0,
    },
    {
      ...none,
      serviceId: 'modelbox',
      model: 'mj_imagine',
      label: 'Midjourney',
      family: 'midjourney',
      favourite: false,
      price: 0.1,
      promptLimit: null,
      sizes: [],
      maxCount: 1,
      references: 5,
    },
  ]
}

/** A picture as it is kept; its id says how it is painted. */
export function picture(id: string, size: string, part: Partial<Picture> = {}): Picture {
  const [width = 1024, height = 1024] = size.split('x').map(Number)
  return {
    id,
    mediaId: `${id}-${width}x${height}`,
    mime: 'image/png',
    bytes: width * height,
    width,
    height,
    generationId: null,
    origin: 'made',
    state: 'kept',
    problem: null,
    prompt: '',
    revisedPrompt: '',
    starred: false,
    serviceId: 'modelbox',
    model: 'gpt-image-1',
    placeholder: [],
    createdAt: Date.now(),
    deletedAt: null,
    ...part,
  }
}

/** A task of Midjourney that is done, with some of its buttons. */
export function sampleTask(isGrid: boolean): Task {
  const button = (customId: string, label = '', emoji = '') => ({ customId, label, emoji })
  const four = (name: string, letter: string) =>
    [1, 2, 3, 4].map((n) => button(`MJ::JOB::${name}::${n}::h`, `${letter}${n}`))
  const grid = [
    ...four('upsample', 'U'),
    ...four('variation', 'V'),
    button('MJ::JOB::reroll::0::h::SOLO', '', '🔄'),
  ]
  const single = [
    button('MJ::JOB::low_variation::1::h::SOLO', 'Vary (Subtle)', '🪄'),
    button('MJ::Inpaint::1::h::SOLO', 'Vary (Region)', '🖌️'),
    button('MJ::CustomZoom::h', 'Custom Zoom', '🔍'),
    button('MJ::JOB::pan_left::1::h::SOLO', '', '⬅️'),
    button('MJ::JOB::sparkle::1::h', 'Sparkle', '✨'),
  ]
  return {
    id: '1760000000000001',
    marker: '',
    speed: '',
    secret: false,
    full: false,
    queue: null,
    progress: 100,
    filledAt: null,
    action: isGrid ? 'IMAGINE' : 'UPSCALE',
    buttons: isGrid ? grid : single,
    words: '',
  }
}

export function samplePictures(count: number): Picture[] {
  const noon = new Date().setHours(0, 0, 0, 0)
  return Array.from({ length: count }, (_, index) => {
    const [day, minutes] = [Math.floor(index / A_DAY), index % A_DAY]
    return picture(`picture-${index + 1}`, SIZES[(index * 3) % SIZES.length] ?? '', {
      prompt: PROMPTS[(index * 4 + 1) % PROMPTS.length] ?? '',
      revisedPrompt: index % 5 === 1 ? `${PROMPTS[(index * 4 + 1) % PROMPTS.length]}, in soft light` : '',
      starred: index % 7 === 0,
      model: index % 3 === 1 ? 'dall-e-3' : 'gpt-image-1',
      createdAt: noon - day * DAY_MS + (A_DAY - minutes) * 60_000,
    })
  })
}

export function generation({ mask, ...request }: MakePictures, part: Partial<Generation> = {}): Generation {
  return {
    mask: mask && 'mask',
    id: crypto.randomUUID(),
    kind: 'generation',
    state: 'queued',
    problem: null,
    place: 1,
    previewId: null,
    costUsd: null,
    createdAt: Date.now(),
    startedAt: null,
    endedAt: null,
    task: null,
    ...request,
    ...part,
  }
}

/** One of every kind of making, to look at. */
export function sampleMakings(): Generation[] {
  const wish = (prompt: string, size: string, model = 'gpt-image-1'): MakePictures => ({
    serviceId: 'modelbox',
    model,
    prompt,
    options: { ...NO_PICTURE_OPTIONS, size },
    references: [],
    mask: null,
    madeFrom: null,
  })
  const now = Date.now()
  return [
    generation(wish('Koi from above', '1024x1024'), { place: 3 }),
    generation(wish(PROMPTS[0] ?? '', '1536x1024'), {
      state: 'running',
      startedAt: now - 14_000,
      previewId: 'preview-4-1536x1024',
      place: 0,
    }),
    generation(wish('A battle of toy soldiers', '1024x1024', 'dall-e-3'), {
      state: 'failed',
      place: 0,
      problem: problem('policy', 'Your request was rejected by our safety system.', {
        service: 'ModelBox',
      }),
    }),
    generation(wish('The old harbour in fog', '1536x1024'), {
      state: 'interrupted',
      place: 0,
      problem: problem('generation_interrupted'),
    }),
  ]
}

export function fits(
  query: PictureQuery,
  { prompt, starred, model, width, height, origin, createdAt }: Picture,
) {
  const ratio = width / height
  const shape = ratio > 1.1 ? 'wide' : ratio < 0.9 ? 'tall' : 'square'
  return (
    prompt.toLowerCase().includes(query.search.toLowerCase()) &&
    (!query.starred || starred) &&
    (!query.model || query.model === model) &&
    (!query.shape || query.shape === shape) &&
    (!query.origin || query.origin === origin) &&
    (query.since === null || createdAt >= query.since) &&
    (query.until === null || createdAt < query.until)
  )
}
