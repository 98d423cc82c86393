import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { generation, sampleTask } from '../../../host/fake/pictures'
import { NO_PICTURE_OPTIONS } from '../../../host/nothing'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { EVERYTHING } from '../gallery.svelte'
import { HASTE_MS } from '../../../state/presses'
import { pictures } from '../pictures.svelte'
import View from '../View.svelte'
import { tools } from './tools.svelte'

/** A person in front of the desk with Midjourney chosen; or of a grid of Midjourney. */
async function arrive(shown: 'desk' | 'grid' = 'desk') {
  Object.assign(fakeStore, new FakeStore({}))
  const [first] = fakeStore.pictures
  const wish = {
    serviceId: 'modelbox',
    model: 'mj_imagine',
    prompt: 'A boat',
    options: NO_PICTURE_OPTIONS,
    references: [],
    mask: null,
    madeFrom: null,
  }
  fakeStore.made.push(
    generation(wish, { id: 'task-1', kind: 'midjourney', state: 'done', task: sampleTask(true) }),
  )
  if (first)
    fakeStore.pictures[0] = { ...first, prompt: 'A boat', model: 'mj_imagine', generationId: 'task-1' }
  await begin()
  router.welcome = 'shut'
  await pictures.begin()
  await pictures.gallery.look(EVERYTHING)
  await pictures.renew()
  pictures.desk.choose({ serviceId: 'modelbox', model: 'mj_imagine' })
  router.openPicture(shown === 'desk' ? null : (first?.id ?? null))
  render(View)
  if (shown === 'desk') await screen.findByRole('group', { name: 'Tools' })
  else await screen.findByRole('group', { name: 'Take one alone' })
  return userEvent.setup()
}

const dialog = (name: string) => screen.findByRole('dialog', { name }).then((found) => within(found))
const press = (user: ReturnType<typeof userEvent.setup>, name: string) =>
  user.click(screen.getByRole('button', { name }))

beforeEach(async () => {
  await new Promise((go) => setTimeout(go, HASTE_MS))
  vi.restoreAllMocks()
  tools.leave()
  pictures.desk.type('')
  while (toasts.current) toasts.next()
})

describe('the tools', () => {
  it('are there with Midjourney alone, and one that is missing is said', async () => {
    await arrive()
    for (const name of ['Mix pictures', 'Describe a picture', 'Shorten a prompt', 'Swap faces'])
      expect(screen.getByRole('button', { name })).toBeVisible()
    fakeStore.noTools = ['shorten', 'swap']
    await pictures.engines()
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Swap faces' })).toBeNull())
    expect(screen.getByText(/does not offer: Shorten a prompt and Swap faces\./)).toBeVisible()
    await userEvent.click(screen.getByRole('button', { name: 'Try it anyway' }))
    expect(await screen.findByRole('button', { name: 'Swap faces' })).toBeVisible()
    pictures.desk.choose({ serviceId: 'modelbox', model: 'dall-e-3' })
    await waitFor(() => expect(screen.queryByRole('group', { name: 'Tools' })).toBeNull())
  })

  it('mix two to five pictures into a shape', async () => {
    const made = vi.spyOn(host.pictures, 'make')
    const user = await arrive()
    await press(user, 'Mix pictures')
    const mix = await dialog('Mix pictures')
    expect(mix.getByRole('button', { name: 'Create' })).toBeDisabled()
    await user.click(mix.getByRole('button', { name: 'Add a picture' }))
    await user.click(mix.getByRole('button', { name: 'From the gallery' }))
    const offered = within(await mix.findByRole('group', { name: 'From the gallery' }))
    await user.click(offered.getAllByRole('button')[0]!)
    await user.click(mix.getByRole('radio', { name: 'Wide' }))
    await waitFor(() => expect(mix.getByRole('button', { name: 'Create' })).toBeEnabled())
    expect(
      (
        await axe.run(document.body, {
          rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
        })
      ).violations,
    ).toEqual([])
    await user.click(mix.getByRole('button', { name: 'Create' }))
    await waitFor(() => expect(made).toHaveBeenCalledOnce())
    expect(made.mock.calls[0]?.[0]).toMatchObject({
      prompt: '',
      options: { tool: 'mix', size: '1536x1024' },
      references: [expect.any(String), expect.any(String)],
    })
    expect(toasts.current?.words).toBe('It is being made.')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('describe a picture in four prompts, each drawn, edited or copied, and kept', async () => {
    const made = vi.spyOn(host.pictures, 'make')
    const user = await arrive()
    await press(user, 'Describe a picture')
    const describing = await dialog('Describe a picture')
    await user.click(describing.getByRole('button', { name: 'Add a picture' }))
    await waitFor(() => expect(describing.getByRole('button', { name: 'Describe it' })).toBeEnabled())
    await user.click(describing.getByRole('button', { name: 'Describe it' }))
    expect(await describing.findByRole('button', { name: 'Draw prompt 4' })).toBeVisible()
    await user.click(describing.getByRole('button', { name: 'Copy prompt 1' }))
    expect(fakeStore.copied).toBe('green hills under a clear sky --ar 3:2')
    await new Promise((go) => setTimeout(go, HASTE_MS))
    await user.click(describing.getByRole('button', { name: 'Draw prompt 2' }))
    await waitFor(() => expect(made).toHaveBeenCalledTimes(2))
    expect(made.mock.calls[1]?.[0]).toMatchObject({
      prompt: 'soft hills at dawn, oil painting --ar 3:2',
      options: { ...NO_PICTURE_OPTIONS, size: '1024x683' },
    })
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await press(user, 'Describe a picture')
    const again = await dialog('Describe a picture')
    await user.click(await again.findByRole('button', { name: 'Edit prompt 3 in the prompt box' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(pictures.desk.prompt).toBe('rolling country, wide view --ar 3:2')
    await press(user, 'Describe a picture')
    expect(
      await (await dialog('Describe a picture')).findByRole('button', { name: 'Draw prompt 1' }),
    ).toBeVisible()
  })

  it('shorten the prompt of the desk, with the weight of its words', async () => {
    const user = await arrive()
    pictures.desk.type('a very old lighthouse at dusk')
    await press(user, 'Shorten a prompt')
    const shorten = await dialog('Shorten a prompt')
    expect(shorten.getByRole('textbox', { name: 'Prompt' })).toHaveValue('a very old lighthouse at dusk')
    await user.click(shorten.getByRole('button', { name: 'Shorten it' }))
    const weights = within(await shorten.findByRole('list', { name: 'How much each word counts' }))
    expect(weights.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'lighthouse 100%',
      'dusk 62%',
      'very 3%',
    ])
    expect(shorten.getAllByRole('button', { name: /^Draw prompt/ })).toHaveLength(5)
    await user.click(shorten.getByRole('button', { name: 'Take away' }))
    await waitFor(() => expect(shorten.queryByRole('button', { name: /^Draw prompt/ })).toBeNull())
  })

  it('swap faces only when the people agree', async () => {
    const made = vi.spyOn(host.pictures, 'make')
    const user = await arrive()
    await press(user, 'Swap faces')
    const swap = await dialog('Swap faces')
    for (const well of ['The face', 'The picture that gets it'])
      await user.click(
        within(swap.getByRole('group', { name: well })).getByRole('button', { name: 'Add a picture' }),
      )
    await waitFor(() => expect(swap.getAllByRole('img')).toHaveLength(2))
    expect(swap.getByRole('button', { name: 'Create' })).toBeDisabled()
    await user.click(swap.getByRole('switch', { name: 'The people in these pictures agree' }))
    await user.click(swap.getByRole('button', { name: 'Create' }))
    await waitFor(() => expect(made.mock.calls[0]?.[0].options.tool).toBe('swap'))
    expect(made.mock.calls[0]?.[0].references).toHaveLength(2)
  })

  it('take back what they were asked with, and lay none of it on the desk', async () => {
    await arrive()
    const [first] = fakeStore.pictures
    const wish = { serviceId: 'modelbox', model: 'mj_imagine', prompt: '', mask: null, madeFrom: null }
    const options = { ...NO_PICTURE_OPTIONS, tool: 'swap' as const }
    const references = ['media-face', 'media-target']
    fakeStore.made.push(
      generation({ ...wish, options, references }, { id: 'swap-1', kind: 'midjourney', state: 'done' }),
    )
    const swapped = { ...first!, prompt: '', model: 'mj_imagine', generationId: 'swap-1' }
    fakeStore.pictures[0] = swapped
    pictures.desk.choose({ serviceId: 'modelbox', model: 'dall-e-3' })
    await pictures.more(swapped)
    const swap = await dialog('Swap faces')
    await waitFor(() => expect(swap.getAllByRole('img')).toHaveLength(2))
    expect(tools.face.list.map(({ media }) => media?.id)).toEqual(['media-face'])
    expect(tools.target.list.map(({ media }) => media?.id)).toEqual(['media-target'])
    expect(pictures.references.list).toEqual([])
    tools.leave()
    pictures.desk.take({ prompt: '', serviceId: 'gone', model: 'mj_imagine', options })
    expect(toasts.shown.at(-1)?.words).toBe('The service asked here is no longer connected.')
    expect(pictures.desk.tool).toBeNull()
  })

  it('say that words came while nobody looked, with the way there', async () => {
    await arrive()
    const wish = { serviceId: 'modelbox', model: 'mj_imagine', prompt: '', mask: null, madeFrom: null }
    const options = { ...NO_PICTURE_OPTIONS, tool: 'describe' as const }
    const task = { ...sampleTask(false), words: '1. green hills' }
    const row = generation({ ...wish, options, references: [] }, { kind: 'midjourney', state: 'done', task })
    fakeStore.made.push(row)
    fakeStore.tell({ kind: 'generation', generation: row })
    expect(toasts.current?.words).toBe('The words are here.')
    toasts.current?.action?.run()
    const describing = await dialog('Describe a picture')
    expect(await describing.findByText('green hills')).toBeVisible()
  })

  it('take what is dropped on them', async () => {
    const user = await arrive()
    await press(user, 'Mix pictures')
    const wells = (await dialog('Mix pictures')).getByRole('group', { name: 'Two to five pictures' })
    vi.spyOn(wells, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 100, 100))
    const dropped = vi.spyOn(host.attachments, 'takeDropped')
    for (const hear of fakeStore.drags) hear({ kind: 'dropped', count: 1, x: 150, y: 50 })
    expect(dropped).not.toHaveBeenCalled()
    for (const hear of fakeStore.drags) hear({ kind: 'dropped', count: 1, x: 50, y: 50 })
    expect(dropped).toHaveBeenCalledExactlyOnceWith('pictures-mix')
  })

  it('say what waits here and there, and cancel', async () => {
    const user = await arrive()
    pictures.desk.type('A slow boat')
    await press(user, 'Create')
    await press(user, 'Waiting and running')
    const waiting = await dialog('Waiting and running')
    expect(await waiting.findByText('2 other wishes wait or are being made there.')).toBeVisible()
    await user.click(await waiting.findByRole('button', { name: 'Cancel: A slow boat' }))
    expect(await waiting.findByText('Nothing of yours waits or is being made.')).toBeVisible()
  })
})

describe('a picture of Midjourney', () => {
  it('is cut into four and says its seed once', async () => {
    const user = await arrive('grid')
    await press(user, 'Cut into four')
    await waitFor(() => expect(toasts.current?.words).toBe('The four are in the gallery.'))
    expect(
      within(await screen.findByRole('group', { name: 'Made into' })).getAllByRole('button'),
    ).toHaveLength(4)
    await press(user, 'Seed')
    await user.click(await screen.findByRole('button', { name: 'Same again with this seed' }))
    await waitFor(() => expect(pictures.desk.prompt).toBe('A boat --seed 636646138'))
    expect(router.picture).toBeNull()
  })
})
