import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../host'
import { FakeStore, fakeStore } from '../../host/browser'
import { NO_PICTURE_OPTIONS } from '../../host/nothing'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import { Brush } from './brush/brush.svelte'
import { isPainted } from './brush/marks'
import { EVERYTHING } from './gallery.svelte'
import { pictures } from './pictures.svelte'
import View from './View.svelte'

async function arrive() {
  Object.assign(fakeStore, new FakeStore())
  await begin()
  router.welcome = 'shut'
  router.openPicture(null)
  await pictures.begin()
  await pictures.gallery.look(EVERYTHING)
  await pictures.renew()
  pictures.wall.toHome()
  render(View)
  await screen.findByRole('heading', { level: 1, name: 'Pictures' })
  return userEvent.setup()
}

const box = () => screen.getByRole('textbox', { name: 'Describe your picture' })
const create = () => screen.getByRole('button', { name: 'Create' })
const wells = () => within(screen.getByRole('list', { name: 'Like these' }))
const add = () => screen.getByRole('button', { name: 'Add a picture' })
const toasted = () => toasts.shown.map(({ words }) => words)

async function engine(user: ReturnType<typeof userEvent.setup>, name: string) {
  await user.click(screen.getByRole('combobox', { name: 'Made with' }))
  await user.click(screen.getByRole('option', { name: new RegExp(`^${name}`) }))
}

/** Puts files on the clipboard and pastes them into the desk. */
function paste(...names: string[]) {
  const files = names.map((name) => new File(['x'], name, { type: 'image/png' }))
  const event = new Event('paste', { bubbles: true, cancelable: true })
  Object.assign(event, { clipboardData: { files, getData: () => '' } })
  box().dispatchEvent(event)
}

beforeEach(() => {
  vi.restoreAllMocks()
  pictures.desk.type('')
  pictures.desk.options = NO_PICTURE_OPTIONS
  pictures.desk.painting = null
  pictures.desk.favourites = []
  pictures.desk.paintingOn = null
  pictures.desk.choose({ serviceId: 'modelbox', model: 'gpt-image-1' })
  pictures.makings.list = []
  while (toasts.current) toasts.next()
})

describe('pictures that go along', () => {
  it('are picked, dropped and pasted, sent in their order, and stay for the next one', async () => {
    const made = vi.spyOn(host.pictures, 'make')
    const user = await arrive()
    await user.click(add())
    expect(await wells().findByRole('img', { name: 'roof.png' })).toBeVisible()
    paste('wall.png', 'door.png')
    expect(await wells().findByRole('img', { name: 'door.png' })).toBeVisible()
    await user.type(box(), 'A house')
    await user.click(create())
    const sent = made.mock.calls[0]?.[0]
    expect(sent?.references).toEqual(pictures.references.list.map(({ media }) => media?.id))
    expect(sent?.mask).toBeNull()
    expect(wells().getAllByRole('img')).toHaveLength(3)
    const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
    expect(found.violations).toEqual([])
  })

  it('are taken away, and back to where they lay', async () => {
    const user = await arrive()
    paste('one.png', 'two.png')
    await wells().findByRole('img', { name: 'two.png' })
    await user.click(screen.getByRole('button', { name: 'Take one.png away' }))
    expect(wells().queryByRole('img', { name: 'one.png' })).toBeNull()
    toasts.current?.action?.run()
    await wells().findByRole('img', { name: 'one.png' })
    expect(
      wells()
        .getAllByRole('img')
        .map((img) => img.getAttribute('alt')),
    ).toEqual(['one.png', 'two.png'])
  })

  it('say in a sentence what is none', async () => {
    await arrive()
    fakeStore.drags.forEach((hear) => hear({ kind: 'over', x: 0, y: 0 }))
    expect(await screen.findByText('Let go to make pictures like these')).toBeVisible()
    fakeStore.drags.forEach((hear) => hear({ kind: 'dropped', count: 1, x: 0, y: 0 }))
    expect(await screen.findByText('dropped.pdf is not a picture.')).toBeVisible()
    expect(wells().queryByRole('img')).toBeNull()
    await waitFor(() => expect(fakeStore.desk('pictures')).toEqual([]))
  })

  it('are too many for one engine and none for another', async () => {
    const made = vi.spyOn(host.pictures, 'make')
    const user = await arrive()
    paste('one.png', 'two.png')
    await wells().findByRole('img', { name: 'two.png' })
    await user.type(box(), 'A house')
    await engine(user, 'DALL·E 2')
    expect(await screen.findByText('DALL·E 2 takes 1 picture along. Take the others away.')).toBeVisible()
    expect(create()).toBeDisabled()
    await engine(user, 'DALL·E 3')
    expect(screen.getByText(/^DALL·E 3 takes no pictures along/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Add a picture' })).toBeNull()
    await user.click(create())
    expect(made.mock.calls[0]?.[0].references).toEqual([])
    expect(pictures.references.list, 'and they stay').toHaveLength(2)
  })

  it('come from the gallery', async () => {
    const user = await arrive()
    const use = screen.getAllByRole('button', { name: 'Use as a reference' })[0]!
    await user.click(use)
    expect(await wells().findByRole('img', { name: 'picture.png' })).toBeVisible()
    await user.click(use)
    expect(wells().getAllByRole('img')).toHaveLength(1)
  })
})

describe('painting what should change', () => {
  it('is done by keys, kept with the draft, and goes along with its picture first', async () => {
    const made = vi.spyOn(host.pictures, 'make')
    const user = await arrive()
    paste('one.png', 'two.png')
    await wells().findByRole('img', { name: 'two.png' })
    await user.click(screen.getByRole('button', { name: /^Paint on two.png/ }))
    const stage = await screen.findByRole('application', { name: 'Picture to paint on' })
    await waitFor(() => expect(stage).toHaveFocus())
    await user.keyboard('[[[ArrowLeft] ')
    expect(pictures.desk.painting?.marks).toEqual([{ kind: 'paint', size: 36, points: [302, 240] }])
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}x ')
    expect(pictures.desk.painting?.marks.slice(1)).toEqual([
      { kind: 'paint', size: 36, points: [302, 240, 320, 240] },
      { kind: 'erase', size: 36, points: [320, 240] },
    ])
    await user.keyboard('{Control>}z{/Control}')
    await user.click(screen.getByRole('button', { name: 'Swap painted and clear' }))
    expect(screen.getByRole('button', { name: 'Redo' })).toBeDisabled()
    const found = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
    expect(found.violations).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Done' }))
    expect(wells().getAllByRole('img')[0]).toHaveAccessibleName('two.png, partly painted over')
    await pictures.desk.keep()
    const { marks } = pictures.desk.painting!
    const draft = vi.spyOn(host.chat, 'saveDraft')
    pictures.desk.painting = null
    pictures.desk.lay(fakeStore.pictureDraft)
    expect(pictures.desk.painting, 'as after a restart').toMatchObject({ marks })
    expect(draft).not.toHaveBeenCalled()
    await user.type(box(), 'A red roof')
    await user.click(create())
    const [, two] = pictures.references.list
    expect(made.mock.calls[0]?.[0].references[0]).toBe(two?.media?.id)
    expect(made.mock.calls[0]?.[0].mask).toEqual({ width: 640, height: 480, marks })
  })

  it('is what the oldest engine needs', async () => {
    const user = await arrive()
    paste('one.png')
    await wells().findByRole('img', { name: 'one.png' })
    await user.type(box(), 'A hat')
    await engine(user, 'DALL·E 2')
    expect(await screen.findByText(/only changes what you paint over/)).toBeVisible()
    expect(create()).toBeDisabled()
    await user.click(screen.getByRole('button', { name: 'Paint' }))
    await screen.findByRole('application', { name: 'Picture to paint on' })
    await user.keyboard(' ')
    await user.click(screen.getByRole('button', { name: 'Done' }))
    expect(await screen.findByText(/the middle of yours goes along/)).toBeVisible()
    expect(create()).toBeEnabled()
  })

  it('begins from the page of a picture', async () => {
    const user = await arrive()
    await engine(user, 'DALL·E 3')
    const shown = pictures.gallery.at(0)!
    router.openPicture(shown.id)
    await user.click(await screen.findByRole('button', { name: 'Edit a picture' }))
    expect(await screen.findByRole('dialog', { name: 'What should change?' })).toBeVisible()
    expect(toasted()).toContain('GPT Image 1 changes pictures, so it is chosen now.')
  })
})

describe('others like a picture', () => {
  it('are made at a press', async () => {
    const vary = vi.spyOn(host.pictures, 'vary')
    const user = await arrive()
    const shown = pictures.gallery.at(0)!
    router.openPicture(shown.id)
    await user.click(await screen.findByRole('button', { name: 'Four more like it' }))
    expect(vary).toHaveBeenCalledWith(shown.id, 'modelbox', 'dall-e-2')
  })

  it('say that the service does not have them, until they are tried anyway', async () => {
    const user = await arrive()
    fakeStore.noPictures = { 'dall-e-2': ['variation'] }
    await pictures.engines()
    router.openPicture(pictures.gallery.at(0)!.id)
    expect(await screen.findByText(/does not make others like a picture/)).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Four more like it' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Try it anyway' }))
    expect(await screen.findByRole('button', { name: 'Four more like it' })).toBeVisible()
  })
})

describe('what a service does not have', () => {
  it('stands last, with words, and can be tried anyway', async () => {
    const user = await arrive()
    fakeStore.noPictures = { 'dall-e-3': ['generation'] }
    await pictures.engines()
    await user.click(screen.getByRole('combobox', { name: 'Made with' }))
    expect(screen.getByText('Not offered by their service')).toBeVisible()
    const all = screen.getAllByRole('option')
    expect(all.at(-1)).toHaveTextContent('DALL·E 3')
    await user.click(all.at(-1)!)
    await user.type(box(), 'A boat')
    expect(screen.getByText(/says that it does not make pictures with DALL·E 3/)).toBeVisible()
    expect(create()).toBeDisabled()
    await user.click(screen.getByRole('button', { name: 'Try it anyway' }))
    await waitFor(() => expect(create()).toBeEnabled())
  })
})

describe('help with the prompt', () => {
  it('adds words of style and takes them off', async () => {
    const user = await arrive()
    await user.type(box(), 'A boat')
    await user.click(screen.getByRole('button', { name: 'Words of style' }))
    const chip = screen.getByRole('button', { name: 'watercolour' })
    await user.click(chip)
    expect(box()).toHaveValue('A boat, watercolour')
    expect(chip).toHaveAttribute('aria-pressed', 'true')
    await user.click(chip)
    expect(box()).toHaveValue('A boat')
  })

  it('keeps prompts with a star first, also after a restart', async () => {
    const user = await arrive()
    const prompt = pictures.desk.earlier[3]!
    pictures.desk.toggleFavourite(prompt)
    await user.click(screen.getByRole('combobox', { name: 'Earlier prompts' }))
    expect(screen.getAllByRole('option')[0]).toHaveTextContent(prompt.slice(0, 20))
    await user.click(screen.getAllByRole('option')[0]!)
    expect(box()).toHaveValue(prompt)
    await pictures.desk.keep()
    pictures.desk.favourites = []
    pictures.desk.lay(fakeStore.pictureDraft)
    expect(pictures.desk.favourites).toEqual([prompt])
  })
})

describe('the brush', () => {
  it('draws strokes in the pixels of the picture and takes them back', () => {
    const brush = new Brush(1000, 500, [])
    expect(brush.wide).toBe(50)
    brush.begin(10, 20)
    brush.go(11, 20)
    brush.go(40, 20)
    brush.end()
    brush.go(90, 90)
    expect(brush.marks).toEqual([{ kind: 'paint', size: 50, points: [10, 20, 40, 20] }])
    brush.undo()
    brush.undo()
    expect(brush.marks).toEqual([])
    brush.redo()
    brush.clear()
    brush.redo()
    expect(brush.marks.map(({ kind }) => kind)).toEqual(['paint', 'clear'])
    brush.resize(900)
    expect(brush.size).toBe(100)
    brush.move(-5, 9000)
    expect([brush.x, brush.y]).toEqual([0, 499])
  })

  it('knows when nothing is painted', () => {
    const over = (...kinds: ('paint' | 'erase' | 'invert' | 'clear')[]) =>
      isPainted({
        of: 'a',
        width: 9,
        height: 9,
        marks: kinds.map((kind) =>
          kind === 'paint' || kind === 'erase' ? { kind, size: 1, points: [1, 1] } : { kind },
        ),
      })
    expect([over(), over('erase'), over('paint', 'clear')]).toEqual([false, false, false])
    expect([over('paint'), over('invert'), over('clear', 'paint')]).toEqual([true, true, true])
    expect(isPainted(null)).toBe(false)
  })
})
