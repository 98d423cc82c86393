import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../host'
import { FakeStore, fakeStore, type Scene } from '../../host/browser'
import { NO_PICTURE_OPTIONS } from '../../host/nothing'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import { EVERYTHING } from './gallery.svelte'
import { pictures } from './pictures.svelte'
import Side from './Side.svelte'
import View from './View.svelte'

/** A person in front of the pictures. */
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

const box = () => screen.getByRole('textbox', { name: 'Describe your picture' })
const create = () => screen.getByRole('button', { name: 'Create' })
const grid = () => within(screen.getByRole('grid', { name: 'Pictures' }))
const cells = () => grid().getAllByRole('gridcell')
const first = () => cells()[0]!

beforeEach(() => {
  pictures.desk.type('')
  pictures.desk.options = NO_PICTURE_OPTIONS
  pictures.makings.list = []
  while (toasts.current) toasts.next()
})

describe('making pictures', () => {
  it('stands in the gallery at once, goes on, and is a picture in the end', async () => {
    const user = await arrive()
    await user.type(box(), 'A paper boat')
    await user.click(create())
    expect(await grid().findByRole('gridcell', { name: /^(Waiting|Being made): A paper boat/ })).toBeVisible()
    expect(box(), 'the words stay for the next one').toHaveValue('A paper boat')
    expect(await grid().findByRole('gridcell', { name: /^A paper boat, GPT Image 1, / })).toBeVisible()
    await waitFor(() => expect(grid().queryByRole('gridcell', { name: /^Being made/ })).toBeNull())
    expect(screen.getByRole('link', { name: /All pictures/ })).toHaveTextContent('41')
  })

  it('begins by Ctrl and Enter, with what was chosen and nothing else', async () => {
    const made = vi.spyOn(host.pictures, 'make')
    const user = await arrive()
    await user.type(box(), 'A boat')
    await user.click(screen.getByRole('radio', { name: 'Wide' }))
    await user.click(screen.getByRole('radio', { name: 'Fine' }))
    await user.keyboard('{Control>}{Enter}{/Control}')
    box().focus()
    await user.keyboard('{Control>}{Enter}{/Control}')
    expect(made).toHaveBeenCalledOnce()
    expect(made.mock.calls[0]?.[0]).toMatchObject({
      serviceId: 'modelbox',
      model: 'gpt-image-1',
      prompt: 'A boat',
      options: { ...NO_PICTURE_OPTIONS, size: '1536x1024', quality: 'high' },
    })
  })

  it('tells the price before pressing, and only offers what the engine knows', async () => {
    const user = await arrive()
    expect(screen.getByText('about $0.042')).toBeVisible()
    await user.click(screen.getByRole('combobox', { name: 'How many' }))
    await user.click(screen.getByRole('option', { name: '4 pictures' }))
    expect(screen.getByText('about $0.17')).toBeVisible()
    await user.click(screen.getByRole('combobox', { name: 'Made with' }))
    await user.type(screen.getByRole('searchbox', { name: 'Search models' }), 'dall e 3')
    await user.keyboard('{Enter}')
    expect(screen.getByText('about $0.04')).toBeVisible()
    expect(screen.getByRole('radiogroup', { name: 'Style' })).toBeVisible()
    expect(screen.queryByRole('radiogroup', { name: 'Background' })).toBeNull()
    expect(screen.queryByRole('combobox', { name: 'How many' }), 'it makes one').toBeNull()
  })

  it('says when the words are too many', async () => {
    const user = await arrive()
    pictures.desk.choose({ serviceId: 'modelbox', model: 'dall-e-2' })
    pictures.desk.type('x'.repeat(1001))
    expect(await screen.findByText('1,001 letters are too many: DALL·E 2 reads 1,000.')).toBeVisible()
    expect(create()).toBeDisabled()
    await user.clear(box())
    expect(screen.queryByText(/letters are too many/)).toBeNull()
  })

  it('gives earlier prompts back by the arrow, and what was typed too', async () => {
    const user = await arrive()
    const [newest, older] = pictures.desk.earlier
    box().focus()
    await user.keyboard('{ArrowUp}')
    expect(box()).toHaveValue(newest)
    await user.keyboard('{ArrowUp}')
    expect(box()).toHaveValue(older)
    await user.keyboard('{ArrowDown}{ArrowDown}')
    expect(box()).toHaveValue('')
  })

  it('keeps the desk through a restart', async () => {
    const user = await arrive()
    pictures.desk.choose({ serviceId: 'modelbox', model: 'dall-e-3' })
    await user.type(box(), 'Half a tho')
    await user.click(screen.getByRole('radio', { name: 'Tall' }))
    await pictures.desk.keep()
    const draft = await host.pictures.draft()
    pictures.desk.type('')
    pictures.desk.lay(draft)
    expect(pictures.desk.prompt).toBe('Half a tho')
    expect(pictures.desk.engine?.model).toBe('dall-e-3')
    expect(pictures.desk.options.size).toBe('1024x1792')
    pictures.desk.choose({ serviceId: 'modelbox', model: 'gpt-image-1' })
  })

  it('gives the words back when they were not accepted', async () => {
    const user = await arrive()
    vi.spyOn(host.pictures, 'make').mockRejectedValueOnce({ code: 'disk_full', message: '', facts: {} })
    await user.type(box(), 'A boat')
    await user.click(create())
    expect(await screen.findByRole('alert')).toBeVisible()
    expect(box()).toHaveValue('A boat')
  })
})

describe('what did not come to be', () => {
  it('says why, keeps the words, and offers one way on', async () => {
    const user = await arrive()
    await user.type(box(), 'Something refused')
    await user.click(create())
    const tile = within(
      await grid().findByRole('gridcell', {
        name: /^ModelBox does not allow this text. Something refused Change the text$/,
      }),
    )
    expect(tile.getByText('ModelBox does not allow this text.')).toBeVisible()
    pictures.desk.type('')
    await user.click(tile.getByRole('button', { name: 'Change the text' }))
    expect(box()).toHaveValue('Something refused')
    expect(box()).toHaveFocus()
  })

  it('can be taken away, and back', async () => {
    const user = await arrive({ makings: true })
    const tile = within(grid().getByRole('gridcell', { name: /. A battle/ }))
    await user.click(tile.getByRole('button', { name: 'Take away' }))
    expect(grid().queryByRole('gridcell', { name: /. A battle/ })).toBeNull()
    toasts.current?.action?.run()
    expect(await grid().findByRole('gridcell', { name: /. A battle/ })).toBeVisible()
  })

  it('is never paid for twice without asking', async () => {
    const again = vi.spyOn(host.pictures, 'tryAgain')
    const user = await arrive({ makings: true })
    const tile = within(grid().getByRole('gridcell', { name: /. The old harbour in fog/ }))
    await user.click(tile.getByRole('button', { name: 'Try again' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Make it again?' }))
    expect(dialog.getByText(/It may have been paid for/)).toBeVisible()
    await user.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(again).not.toHaveBeenCalled()
    await user.click(tile.getByRole('button', { name: 'Try again' }))
    await user.click(screen.getByRole('button', { name: 'Make it again' }))
    expect(again).toHaveBeenCalledOnce()
  })

  it('waits in the queue and can be cancelled; in time it leaves nothing behind', async () => {
    const user = await arrive({ makings: true })
    const waiting = within(grid().getByRole('gridcell', { name: 'Waiting: Koi from above' }))
    expect(waiting.getByText(/Place 3 in the queue/)).toBeVisible()
    await user.click(waiting.getByRole('button', { name: 'Cancel: Koi from above' }))
    await waitFor(() => expect(grid().queryByRole('gridcell', { name: /Koi from above$/ })).toBeNull())
    const running = within(grid().getByRole('gridcell', { name: /^Being made: A paper-cut/ }))
    expect(running.getByRole('progressbar')).toBeInTheDocument()
    await user.click(running.getByRole('button', { name: /^Cancel/ }))
    const late = within(await grid().findByRole('gridcell', { name: /. A paper-cut.* Try again$/ }))
    expect(late.getByText(/It may still be paid for/)).toBeVisible()
  })
})

describe('the gallery', () => {
  it('is by day, newest first, and names every picture', async () => {
    await arrive()
    const days = grid().getAllByRole('heading', { level: 2 })
    expect(days[0]).toHaveTextContent('Today 9 pictures')
    expect(days[1]).toHaveTextContent('Yesterday 9 pictures')
    expect(first()).toHaveAccessibleName(/^Lighthouse at dusk, beam over a calm sea, GPT Image 1, /)
  })

  it('is walked by keys, one tab stop in all', async () => {
    const user = await arrive()
    expect(cells().filter((cell) => cell.tabIndex === 0)).toHaveLength(1)
    first().focus()
    await user.keyboard('{ArrowRight}')
    await waitFor(() => expect(cells()[1]).toHaveFocus())
    await user.keyboard('{Home}')
    await waitFor(() => expect(first()).toHaveFocus())
    await user.keyboard('{ArrowDown}{ArrowUp}')
    await waitFor(() => expect(first()).toHaveFocus())
    await user.keyboard('{Control>}{End}{/Control}')
    await waitFor(() => expect(pictures.wall.at).toBe(39))
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-at', '39'))
  })

  it('stars by key and by button, and shows those with a star', async () => {
    const user = await arrive()
    const before = pictures.gallery.shelf.starred
    cells()[1]!.focus()
    await user.keyboard('s')
    await waitFor(() => expect(pictures.gallery.shelf.starred).toBe(before + 1))
    await user.click(screen.getByRole('link', { name: /Starred/ }))
    await waitFor(() => expect(cells()).toHaveLength(before + 1))
    await user.click(screen.getByRole('button', { name: 'Show all' }))
    await waitFor(() => expect(pictures.gallery.count).toBe(40))
  })

  it('deletes with a way back', async () => {
    const user = await arrive()
    first().focus()
    await user.keyboard('{Delete}')
    await waitFor(() => expect(pictures.gallery.count).toBe(39))
    expect(toasts.current?.words).toBe('The picture is in the recycle bin.')
    toasts.current?.action?.run()
    await waitFor(() => expect(pictures.gallery.count).toBe(40))
  })

  it('is searched by words, engine and shape; what is not found can be made', async () => {
    const user = await arrive()
    await user.type(screen.getByRole('searchbox', { name: 'Search by prompt' }), 'ramen')
    await waitFor(() =>
      expect(cells().every((cell) => /ramen/.test(cell.getAttribute('aria-label') ?? ''))).toBe(true),
    )
    await user.click(screen.getByRole('button', { name: 'Made with' }))
    await user.click(screen.getByRole('menuitemradio', { name: 'DALL·E 3' }))
    await waitFor(() => expect(pictures.gallery.query.model).toBe('dall-e-3'))
    await user.click(screen.getByRole('button', { name: 'Show all' }))
    await user.click(screen.getByRole('button', { name: 'Shape' }))
    await user.click(screen.getByRole('menuitemradio', { name: 'Square' }))
    await waitFor(() => expect(pictures.gallery.count).toBeLessThan(40))
    await user.type(screen.getByRole('searchbox', { name: 'Search by prompt' }), 'amber boat')
    expect(await screen.findByText('No picture says “amber boat”.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Make one' }))
    expect(box()).toHaveValue('amber boat')
    await waitFor(() => expect(pictures.gallery.count).toBe(40))
  })

  it('leaves a blank that is being typed where it is', async () => {
    const user = await arrive()
    const field = screen.getByRole('searchbox', { name: 'Search by prompt' })
    await user.type(field, 'blue ')
    await waitFor(() => expect(pictures.gallery.query.search).toBe('blue'))
    await user.type(field, 'whale')
    expect(field).toHaveValue('blue whale')
    await user.click(screen.getByRole('link', { name: /All pictures/ }))
    await waitFor(() => expect(field).toHaveValue(''))
  })

  it('draws a small part of 20,000 pictures, and reaches the last one', async () => {
    const user = await arrive({ pictures: 20_000 })
    expect(cells().length).toBeLessThan(100)
    first().focus()
    await user.keyboard('{Control>}{End}{/Control}')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-at', '19999'))
    await waitFor(() => expect(document.activeElement).not.toHaveAttribute('aria-busy'))
    expect(cells().length).toBeLessThan(100)
  })
})

describe('one picture', () => {
  it('opens by Enter, tells all about it, and gives the focus back', async () => {
    const user = await arrive()
    cells()[1]!.focus()
    await user.keyboard('{Enter}')
    const about = within(await screen.findByRole('complementary', { name: 'About this picture' }))
    expect(about.getByText('DALL·E 3')).toBeVisible()
    expect(about.getByText(/1,792 × 1,024/)).toBeVisible()
    expect(about.getByText('What the service made of it')).toBeVisible()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(cells()[1]).toHaveFocus())
  })

  it('walks to the next and back, stars, saves, copies', async () => {
    const user = await arrive()
    await user.click(first())
    const title = () => screen.getByRole('heading', { level: 1 }).textContent
    await waitFor(() => expect(title()).toMatch(/^Lighthouse/))
    expect(screen.getByRole('button', { name: 'Newer picture' })).toBeDisabled()
    await user.click(screen.getByRole('button', { name: 'Older picture' }))
    await waitFor(() => expect(title()).not.toMatch(/^Lighthouse/))
    await user.keyboard('{ArrowLeft}')
    await waitFor(() => expect(title()).toMatch(/^Lighthouse/))
    expect(screen.getByRole('button', { name: 'Star' })).toHaveAttribute('aria-pressed', 'true')
    await user.click(screen.getByRole('button', { name: 'Star' }))
    expect(screen.getByRole('button', { name: 'Star' })).toHaveAttribute('aria-pressed', 'false')
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    await waitFor(() => expect(toasts.current?.words).toBe('The picture is on the clipboard.'))
    toasts.next()
    await user.click(screen.getByRole('button', { name: 'Save original' }))
    await waitFor(() => expect(toasts.current?.words).toBe('The picture is saved.'))
  })

  it('makes room for the next one when it is deleted', async () => {
    const user = await arrive()
    await user.click(first())
    await screen.findByRole('complementary', { name: 'About this picture' })
    const shown = router.picture
    await user.click(screen.getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(router.picture).not.toBe(shown))
    expect(router.picture).not.toBeNull()
    await waitFor(() => expect(pictures.gallery.count).toBe(39))
    expect(screen.getByRole('button', { name: 'Newer picture' })).toBeDisabled()
  })

  it('makes more like it: prompt and settings are on the desk', async () => {
    const user = await arrive()
    await user.click(cells()[1]!)
    await user.click(await screen.findByRole('button', { name: 'Make more like this' }))
    await waitFor(() => expect(box()).toHaveFocus())
    expect(box()).toHaveValue(pictures.gallery.at(1)?.prompt)
    expect(screen.getByRole('combobox', { name: 'Made with' })).toHaveTextContent('DALL·E 3')
    pictures.desk.choose({ serviceId: 'modelbox', model: 'gpt-image-1' })
  })
})

describe('nothing to see', () => {
  it('says so, and what to do', async () => {
    await arrive({ pictures: 0 })
    expect(screen.getByText('Nothing made yet')).toBeVisible()
  })

  it('offers to connect a service', async () => {
    const user = await arrive({ first: true })
    await user.click(screen.getByRole('button', { name: 'Connect a service' }))
    expect(router.welcome).toBe('connect')
  })

  it('keeps what was made when no service makes pictures', async () => {
    vi.spyOn(host.pictures, 'engines').mockResolvedValue([])
    await arrive()
    expect(screen.getByText('None of your services makes pictures')).toBeVisible()
    expect(cells().length).toBeGreaterThan(5)
  })
})

describe('nothing is in the way of a screen reader', () => {
  // Side panel and place stand in the window's own regions, which are not here.
  const options: axe.RunOptions = {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  }
  const found = async () =>
    (await axe.run(document.body, options)).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
    )

  it('in the gallery', async () => {
    await arrive({ makings: true })
    expect(await found()).toEqual([])
  })

  it('beside a picture', async () => {
    const user = await arrive()
    await user.click(first())
    await screen.findByRole('complementary', { name: 'About this picture' })
    expect(await found()).toEqual([])
  })
})
