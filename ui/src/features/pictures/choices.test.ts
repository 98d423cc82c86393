// Every control of the desk of "Pictures": how it is worked, and what is asked for then.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PictureOptions } from '../../bindings/PictureOptions'
import { host } from '../../host'
import { FakeStore, fakeStore } from '../../host/browser'
import { sampleEngines } from '../../host/fake/pictures'
import { NO_PICTURE_OPTIONS } from '../../host/nothing'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { EVERYTHING } from './gallery.svelte'
import { pictures } from './pictures.svelte'
import View from './View.svelte'

type User = ReturnType<typeof userEvent.setup>
type Work = (user: User) => Promise<unknown>

async function arrive(model: string) {
  Object.assign(fakeStore, new FakeStore())
  await begin()
  router.welcome = 'shut'
  router.openPicture(null)
  await pictures.begin()
  await pictures.gallery.look(EVERYTHING)
  await pictures.renew()
  render(View)
  await screen.findByRole('heading', { level: 1, name: 'Pictures' })
  pictures.desk.choose({ serviceId: 'modelbox', model })
  await waitFor(() => expect(pictures.desk.engine?.model).toBe(model))
  return userEvent.setup()
}

/** Presses one of a few drawings. */
const pick =
  (group: string, name: string): Work =>
  (user) =>
    user.click(within(screen.getByRole('radiogroup', { name: group })).getByRole('radio', { name }))

const inAll =
  (work: Work): Work =>
  async (user) => {
    if (!screen.queryByRole('dialog', { name: 'All options' }))
      await user.click(screen.getByRole('button', { name: 'All options' }))
    await work(user)
  }

const slide =
  (name: string, to: number): Work =>
  async () => {
    const slider = screen.getByRole('slider', { name })
    await fireEvent.input(slider, { target: { value: String(to) } })
    await fireEvent.change(slider, { target: { value: String(to) } })
  }

const all =
  (...works: Work[]): Work =>
  async (user) => {
    for (const work of works) await work(user)
  }

const count: Work = async (user) => {
  await user.click(screen.getByRole('combobox', { name: 'How many' }))
  await user.click(screen.getByRole('option', { name: '4 pictures' }))
}

const along: Work = async () => {
  await pictures.references.use('picture-1-1024x1024')
}

const typed =
  (name: string, words: string): Work =>
  async (user) => {
    await user.click(screen.getByRole('textbox', { name }))
    await user.paste(words)
  }

/** What is asked for with this model after these presses. */
async function asked(model: string, work: Work): Promise<PictureOptions> {
  const user = await arrive(model)
  pictures.desk.type('A boat')
  await work(user)
  const make = vi.spyOn(host.pictures, 'make')
  await user.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(make).toHaveBeenCalledOnce())
  return make.mock.calls[0]![0].options
}

let now = performance.now()
beforeEach(() => {
  vi.restoreAllMocks()
  // Each of them comes to the desk anew; presses of the one before make none of these hasty.
  now += 10_000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  pictures.desk.type('')
  pictures.desk.typeExtra('')
  pictures.desk.options = NO_PICTURE_OPTIONS
  pictures.desk.size = null
})

describe('a control sets its option and no other', () => {
  const GPT = 'gpt-image-1'
  const SQUARE = { size: '1024x1024' }
  it.each<[string, string, Work, Partial<PictureOptions>]>([
    ['Shape', GPT, pick('Shape', 'Tall'), { size: '1024x1536' }],
    ['Quality', GPT, pick('Quality', 'Good'), { quality: 'medium' }],
    ['Background', GPT, pick('Background', 'Transparent'), { background: 'transparent' }],
    ['How many', GPT, count, { count: 4 }],
    ['Kind of file', GPT, inAll(pick('Kind of file', 'WebP')), { outputFormat: 'webp' }],
    [
      'Sharpness of the file',
      GPT,
      inAll(all(pick('Kind of file', 'JPEG'), slide('Sharpness of the file', 60))),
      { outputFormat: 'jpeg', outputCompression: 60 },
    ],
    [
      'How strictly the service looks',
      GPT,
      inAll(pick('How strictly the service looks', 'Less strictly')),
      { moderation: 'low' },
    ],
    ['Style', 'dall-e-3', pick('Style', 'Natural'), { ...SQUARE, style: 'natural' }],
    ['Size', 'dall-e-2', pick('Size', 'Small'), { size: '256x256' }],
    [
      'Size of your own',
      'stable-diffusion-xl',
      inAll(typed('Size of your own', '800 × 600')),
      { size: '800x600' },
    ],
    [
      'Anything else',
      'stable-diffusion-xl',
      inAll(typed('Anything else', '{"steps": 30}')),
      { ...SQUARE, extra: { steps: 30 } },
    ],
  ])('%s, with %s', async (_, model, work, set) => {
    expect(await asked(model, work)).toEqual({ ...NO_PICTURE_OPTIONS, ...set })
  })
})

it('follows pictures that go along as closely as it is told', async () => {
  const user = await arrive('gpt-image-1')
  expect(screen.queryByRole('radiogroup', { name: 'How closely yours are followed' })).toBeNull()
  await along(user)
  await waitFor(() => expect(pictures.references.list).toHaveLength(1))
  await user.click(screen.getByRole('button', { name: 'All options' }))
  const group = within(screen.getByRole('radiogroup', { name: 'How closely yours are followed' }))
  await user.click(group.getAllByRole('radio').at(-1)!)
  expect(pictures.desk.options.inputFidelity).toBe('high')
})

describe('a size of one’s own', () => {
  it('is asked for only where any is taken', async () => {
    const user = await arrive('dall-e-3')
    await user.click(screen.getByRole('button', { name: 'All options' }))
    expect(screen.queryByRole('textbox', { name: 'Size of your own' })).toBeNull()
  })

  it('says how it is written, and is shown again', async () => {
    const user = await arrive('stable-diffusion-xl')
    await user.click(screen.getByRole('button', { name: 'All options' }))
    const field = screen.getByRole('textbox', { name: 'Size of your own' })
    await user.type(field, 'large')
    expect(field).toBeInvalid()
    expect(field).toHaveAccessibleDescription('Write it as 1920 × 1088.')
    expect(pictures.desk.options.size).toBeNull()
    await user.clear(field)
    await user.type(field, '1920*1088')
    await user.tab()
    expect(pictures.desk.options.size).toBe('1920x1088')
    expect(field).toHaveValue('1920 × 1088')
    await user.clear(field)
    expect(pictures.desk.options.size, 'one of the usual ones again').toBeNull()
  })

  it('keeps a picture from being made while it cannot be read', async () => {
    const user = await arrive('stable-diffusion-xl')
    pictures.desk.type('A boat')
    const make = vi.spyOn(host.pictures, 'make')
    await inAll(typed('Size of your own', '1920*1088px'))(user)
    await user.keyboard('{Escape}')
    expect(screen.getByText('Size of your own: Write it as 1920 × 1088.')).toBeVisible()
    expect(screen.getByRole('button', { name: 'Create' })).toBeDisabled()
    expect(await pictures.desk.create()).toBe(false)
    expect(make).not.toHaveBeenCalled()
    await pictures.desk.keep()
    pictures.desk.lay(await host.pictures.draft())
    expect(pictures.desk.size, 'also through a restart').toBe('1920*1088px')
    await pick('Shape', 'Wide')(user)
    expect(screen.queryByText(/^Size of your own:/), 'a shape takes its place').toBeNull()
    expect(screen.getByRole('button', { name: 'Create' })).toBeEnabled()
  })
})

describe('anything else', () => {
  it('is checked while it is typed, kept, and not sent while it cannot be', async () => {
    const options = await asked('gpt-image-1', inAll(typed('Anything else', '{"seed": 4')))
    expect(options.extra).toEqual({})
    expect(screen.getByText(/^Anything else: Not sent: this is not valid JSON yet\./)).toBeVisible()
    await pictures.desk.keep()
    pictures.desk.lay(await host.pictures.draft())
    expect(pictures.desk.extra, 'also through a restart').toBe('{"seed": 4')
  })

  it.each([
    ['prompt', '"a dog"'],
    ['model', '"dall-e-3"'],
    ['n', '10'],
  ])('never replaces what is wished for: %s', async (name, value) => {
    const options = await asked('gpt-image-1', inAll(typed('Anything else', `{"${name}": ${value}}`)))
    expect(options.extra).toEqual({})
    expect(screen.getByText(new RegExp(`“${name}” cannot be replaced here`))).toBeVisible()
  })

  it('is there for models that draw in chats, and comes back with a picture made so', async () => {
    const [first] = sampleEngines()
    const chats = {
      ...first!,
      ...{ model: 'mj-chat', label: 'MJ Chat', family: 'chat' as const, sizes: [], anySize: false },
      ...{ qualities: [], backgrounds: [], formats: [], moderations: [], fidelities: [], maxCount: 1 },
    }
    vi.spyOn(host.pictures, 'engines').mockResolvedValue([chats])
    expect(await asked('mj-chat', inAll(typed('Anything else', '{"temperature": 0.5}')))).toEqual({
      ...NO_PICTURE_OPTIONS,
      extra: { temperature: 0.5 },
    })
    const again = { ...NO_PICTURE_OPTIONS, extra: { top_p: 0.9 } }
    pictures.desk.take({ prompt: 'A boat', serviceId: 'modelbox', model: 'mj-chat', options: again })
    expect(JSON.parse(pictures.desk.extra)).toEqual({ top_p: 0.9 })
  })
})
