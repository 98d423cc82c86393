import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../host'
import { FakeStore, fakeStore, type Scene } from '../../host/browser'
import { problem } from '../../host/failure'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import { EVERYTHING } from './gallery.svelte'
import { pictures } from './pictures.svelte'
import Side from './Side.svelte'
import View from './View.svelte'

vi.setConfig({ testTimeout: 30_000 })

/** A person in front of the gallery. */
async function arrive(scene: Scene = {}) {
  Object.assign(fakeStore, new FakeStore(scene))
  await begin()
  router.welcome = 'shut'
  router.openPicture(null)
  await pictures.begin()
  await pictures.gallery.look(EVERYTHING)
  await pictures.renew()
  pictures.wall.toHome()
  render(Side)
  render(View)
  await screen.findByRole('heading', { level: 1, name: 'Pictures' })
  return userEvent.setup()
}

const grid = () => within(screen.getByRole('grid', { name: 'Pictures' }))
const cells = () => grid().getAllByRole('gridcell')
const cell = (at: number) => cells().find((one) => one.dataset.at === String(at))!
const bar = () => within(screen.getByRole('toolbar', { name: 'Chosen pictures' }))
const albums = () => within(screen.getByRole('list', { name: 'Albums' }))
const chosen = () => cells().filter((one) => one.ariaSelected === 'true').length
const undo = () => toasts.shown.at(-1)?.action?.run()

async function focus(at: number) {
  cell(at).focus()
  await waitFor(() => expect(cell(at)).toHaveFocus())
}

beforeEach(() => {
  vi.restoreAllMocks()
  pictures.chosen.end()
  while (toasts.current) toasts.next()
})

describe('choosing', () => {
  it('goes by Space, Shift and arrows, all and none', async () => {
    const user = await arrive()
    await focus(0)
    await user.keyboard(' ')
    expect(bar().getByRole('status')).toHaveTextContent('1 chosen')
    await user.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}')
    expect(bar().getByRole('status')).toHaveTextContent('3 chosen')
    await waitFor(() => expect(cell(2)).toHaveFocus())
    await user.keyboard('{Shift>}{ArrowLeft}{/Shift}')
    expect(bar().getByRole('status'), 'a range can shrink').toHaveTextContent('2 chosen')
    await user.keyboard('{Control>}a{/Control}')
    expect(bar().getByRole('status')).toHaveTextContent('40 chosen')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('toolbar')).toBeNull()
    expect(chosen()).toBe(0)
  })

  it('goes by Ctrl, Shift and the tick; a press then chooses, Enter opens', async () => {
    const user = await arrive()
    await user.keyboard('{Control>}')
    await user.click(cell(1))
    await user.keyboard('{/Control}{Shift>}')
    await user.click(cell(4))
    await user.keyboard('{/Shift}')
    expect(bar().getByRole('status')).toHaveTextContent('4 chosen')
    await user.click(cell(2))
    expect(bar().getByRole('status'), 'taken out again').toHaveTextContent('3 chosen')
    await user.click(within(cell(0)).getByRole('button', { name: 'Choose' }))
    expect(within(cell(0)).getByRole('button', { name: 'Choose' })).toHaveAttribute('aria-pressed', 'true')
    expect(router.picture).toBeNull()
    await focus(0)
    await user.keyboard('{Enter}')
    expect(router.picture).not.toBeNull()
    router.openPicture(null)
  })

  it('stays with the pictures when others come, and forgets those that go', async () => {
    const user = await arrive()
    await focus(0)
    await user.keyboard(' {Shift>}{ArrowRight}{/Shift}')
    const names = () => cells().flatMap((one) => (one.ariaSelected === 'true' ? one.ariaLabel : []))
    const before = names()
    const [first] = await host.pictures.rows(EVERYTHING, 0, 1)
    const { picture } = await import('../../host/fake/pictures')
    fakeStore.pictures = [picture('new', '1024x1024', { prompt: 'Newer' }), ...fakeStore.pictures]
    fakeStore.tell({ kind: 'pictures' })
    await waitFor(() => expect(pictures.gallery.count).toBe(41))
    await waitFor(() => expect(names()).toEqual(before))
    await host.pictures.remove([first?.id ?? ''])
    await waitFor(() => expect(bar().getByRole('status')).toHaveTextContent('1 chosen'))
  })

  it('goes to other programs together, and a picture that is not chosen alone', async () => {
    const user = await arrive()
    await user.keyboard('{Control>}')
    await user.click(cell(1))
    await user.click(cell(2))
    await user.keyboard('{/Control}')
    const { keys } = pictures.gallery
    expect(await fireEvent.dragStart(cell(2)), 'the web view drags nothing itself').toBe(false)
    await waitFor(() => expect(fakeStore.dragged.toSorted()).toEqual([keys[1], keys[2]].toSorted()))
    await fireEvent.dragStart(cell(0))
    await waitFor(() => expect(fakeStore.dragged).toEqual([keys[0]]))
  })

  it('is one call, however many there are', async () => {
    const user = await arrive({ pictures: 20_000 })
    const change = vi.spyOn(host.pictures, 'change')
    await focus(0)
    await user.keyboard('{Control>}a{/Control}')
    expect(bar().getByRole('status')).toHaveTextContent('20,000 chosen')
    await user.click(bar().getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(pictures.gallery.count).toBe(0))
    expect(change).toHaveBeenCalledOnce()
    undo()
    await waitFor(() => expect(pictures.gallery.count).toBe(20_000))
  })

  it('is open to everybody', async () => {
    const user = await arrive()
    await focus(0)
    await user.keyboard(' ')
    const options: axe.RunOptions = {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    }
    const found = (await axe.run(document.body, options)).violations
    expect(found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })
})

describe('what is done to the chosen', () => {
  it('is deleting, with one way back and the keys where they were', async () => {
    const user = await arrive()
    await focus(0)
    await user.keyboard(' {Shift>}{ArrowRight}{ArrowRight}{/Shift}{Delete}')
    await waitFor(() => expect(pictures.gallery.count).toBe(37))
    expect(toasts.shown.at(-1)?.words).toBe('3 pictures are in the recycle bin.')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('role', 'gridcell'))
    undo()
    await waitFor(() => expect(pictures.gallery.count).toBe(40))
  })

  it('is a star, taken back from just those that had none', async () => {
    const user = await arrive()
    const { starred } = pictures.gallery.shelf
    await focus(0)
    await user.keyboard(' {Shift>}{ArrowRight}{ArrowRight}{/Shift}')
    await user.click(bar().getByRole('button', { name: 'Star' }))
    await waitFor(() => expect(pictures.gallery.shelf.starred).toBe(starred + 2))
    expect(toasts.shown.at(-1)?.words).toBe('2 pictures have a star.')
    undo()
    await waitFor(() => expect(pictures.gallery.shelf.starred).toBe(starred))
    await focus(0)
    await user.keyboard(' ')
    await user.click(bar().getByRole('button', { name: 'Take star away' }))
    await waitFor(() => expect(pictures.gallery.shelf.starred).toBe(starred - 1))
  })

  it('is saving, as a folder or an archive; one alone goes its own way', async () => {
    const user = await arrive()
    const alone = vi.spyOn(host.pictures, 'saveOriginal')
    await focus(0)
    await user.keyboard(' ')
    await user.click(bar().getByRole('button', { name: 'Save…' }))
    expect(alone).toHaveBeenCalledOnce()
    await focus(0)
    await user.keyboard('{Shift>}{ArrowRight}{/Shift}')
    await user.click(bar().getByRole('button', { name: 'Save…' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Save 2 pictures' }))
    await user.click(dialog.getByRole('radio', { name: /ZIP archive/ }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(fakeStore.saved[0]).toMatchObject({ form: 'zip', untitled: 'Picture', folder: 'Medley pictures' })
    expect(fakeStore.saved[0]?.keys).toHaveLength(2)
    expect(toasts.shown.at(-1)?.words).toBe('“Medley pictures” is saved.')
    expect(screen.queryByRole('toolbar')).toBeNull()
  })

  it('tells how far saving is, stops it, and keeps what is chosen', async () => {
    const user = await arrive()
    let refuse: (reason: unknown) => void = () => {}
    vi.spyOn(host.pictures, 'saveMany').mockReturnValueOnce(new Promise((_, reject) => (refuse = reject)))
    vi.spyOn(host.out, 'stop').mockImplementationOnce(async () => refuse(problem('stopped')))
    await focus(0)
    await user.keyboard(' {Shift>}{ArrowRight}{/Shift}')
    await user.click(bar().getByRole('button', { name: 'Save…' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Save 2 pictures' }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    fakeStore.tell({ kind: 'exporting', done: 1, of: 2 })
    expect(await dialog.findByText('1 of 2 pictures')).toBeVisible()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(toasts.shown.at(-1)?.words).toContain('Stopped. Nothing was written.'))
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(bar().getByRole('status')).toHaveTextContent('2 chosen')
  })
})

describe('albums', () => {
  it('are made of what is chosen, looked through, and lose pictures again', async () => {
    const user = await arrive()
    await focus(0)
    await user.keyboard(' {Shift>}{ArrowRight}{ArrowRight}{/Shift}')
    await user.click(bar().getByRole('button', { name: 'Add to album' }))
    await user.type(screen.getByRole('searchbox', { name: /^Search albums/ }), 'Boats{Enter}')
    expect(await albums().findByRole('link', { name: /^Boats/ })).toHaveTextContent('3')
    expect(toasts.shown.at(-1)?.words).toBe('3 pictures are in “Boats”.')
    await user.click(albums().getByRole('link', { name: /^Boats/ }))
    await waitFor(() => expect(cells()).toHaveLength(3))
    await focus(0)
    await user.keyboard(' ')
    await user.click(bar().getByRole('button', { name: 'Take out of album' }))
    await waitFor(() => expect(cells()).toHaveLength(2))
    undo()
    await waitFor(() => expect(cells()).toHaveLength(3))
    await user.click(screen.getByRole('button', { name: 'Show all' }))
    await waitFor(() => expect(pictures.gallery.count).toBe(40))
  })

  it('are made empty, renamed, deleted and brought back; nothing of them is lost', async () => {
    const user = await arrive()
    await user.click(albums().getByRole('button', { name: 'New album' }))
    await user.keyboard('{Enter}')
    expect(await screen.findByText('It needs a name.')).toBeVisible()
    await user.keyboard('Boats{Enter}')
    await user.click(await albums().findByRole('link', { name: /^Boats/ }))
    expect(await screen.findByText('Nothing is in this album yet')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'More about the album “Boats”' }))
    await user.click(screen.getByRole('menuitem', { name: 'Rename…' }))
    const field = screen.getByRole('textbox', { name: 'Name' })
    await user.clear(field)
    await user.type(field, 'Ships{Enter}')
    await albums().findByRole('link', { name: /^Ships/ })
    await user.click(screen.getByRole('button', { name: 'More about the album “Ships”' }))
    await user.click(screen.getByRole('menuitem', { name: 'Delete the album' }))
    await waitFor(() => expect(albums().queryByRole('link', { name: /^Ships/ })).toBeNull())
    await waitFor(() => expect(pictures.gallery.count, 'and all pictures are shown').toBe(40))
    undo()
    await albums().findByRole('link', { name: /^Ships/ })
  })

  it('offer those there are', async () => {
    const user = await arrive()
    await host.pictures.makeAlbum('Boats')
    await focus(0)
    await user.keyboard(' ')
    await user.click(bar().getByRole('button', { name: 'Add to album' }))
    await user.click(screen.getByRole('option', { name: /^Boats/ }))
    await waitFor(() => expect(toasts.shown.at(-1)?.words).toBe('1 picture is in “Boats”.'))
    await focus(0)
    await user.keyboard(' ')
    await user.click(bar().getByRole('button', { name: 'Add to album' }))
    await user.click(screen.getByRole('option', { name: /^Boats/ }))
    await waitFor(() => expect(toasts.shown.at(-1)?.words).toBe('All of them are in “Boats” already.'))
    expect(toasts.shown.at(-1)?.action).toBeUndefined()
  })
})

describe('finding', () => {
  const search = () => within(screen.getByRole('search', { name: 'Find pictures' }))

  it('goes by date and kind, tells how many, and shows all again', async () => {
    const user = await arrive()
    await user.click(search().getByRole('button', { name: 'Date' }))
    await user.click(screen.getByRole('menuitemradio', { name: 'Today' }))
    await waitFor(() => expect(search().getByRole('status')).toHaveTextContent('9 pictures found'))
    expect(search().getByRole('button', { name: /^Date:\s+Today/ })).toBeVisible()
    await focus(0)
    await user.keyboard(' ')
    await user.click(search().getByRole('button', { name: 'Kind' }))
    await user.click(screen.getByRole('menuitemradio', { name: 'From chats' }))
    expect(await screen.findByText('No picture fits.')).toBeVisible()
    expect(screen.queryByRole('toolbar'), 'nothing unseen is chosen').toBeNull()
    await user.click(search().getByRole('button', { name: 'Show all' }))
    await waitFor(() => expect(pictures.gallery.count).toBe(40))
    expect(search().queryByRole('status')).toBeNull()
  })

  it('takes days of one’s own, and says what are none', async () => {
    const user = await arrive()
    const now = new Date()
    const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
    const { written } = await import('./spans')
    await user.click(search().getByRole('button', { name: 'Date' }))
    await user.click(screen.getByRole('menuitemradio', { name: 'Choose days…' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Pictures from these days' }))
    await user.type(dialog.getByRole('textbox', { name: 'First day' }), 'yesterday')
    await user.click(dialog.getByRole('button', { name: 'Show' }))
    expect(await dialog.findByText(/These are no days/)).toBeVisible()
    for (const name of ['First day', 'Last day']) {
      await user.clear(dialog.getByRole('textbox', { name }))
      await user.type(dialog.getByRole('textbox', { name }), written(yesterday.getTime()))
    }
    await user.click(dialog.getByRole('button', { name: 'Show' }))
    await waitFor(() => expect(search().getByRole('status')).toHaveTextContent('9 pictures found'))
    expect(grid().getAllByRole('heading', { level: 2 })[0]).toHaveTextContent('Yesterday')
  })
})
