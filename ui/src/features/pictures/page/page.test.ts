import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { generation } from '../../../host/fake/pictures'
import { NO_PICTURE_OPTIONS } from '../../../host/nothing'
import { router } from '../../../state/router.svelte'
import { settings } from '../../../state/settings.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { EVERYTHING } from '../gallery.svelte'
import { pictures } from '../pictures.svelte'
import View from '../View.svelte'

const [PARENT, CHILD] = ['picture-1', 'picture-2']

/** A person in front of one picture, from which another one was made. */
async function arrive(id = PARENT) {
  Object.assign(fakeStore, new FakeStore({}))
  const [parent, child] = fakeStore.pictures
  const request = {
    serviceId: 'modelbox',
    model: 'dall-e-3',
    prompt: 'more',
    options: { ...NO_PICTURE_OPTIONS, extra: { seed: 42 } },
    references: [],
    mask: null,
    madeFrom: parent?.id ?? null,
  }
  const made = generation(request, { id: 'made-1', state: 'done' })
  fakeStore.made.push(made)
  if (child) fakeStore.pictures[1] = { ...child, generationId: 'made-1' }
  await begin()
  router.welcome = 'shut'
  await pictures.begin()
  await pictures.gallery.look(EVERYTHING)
  await pictures.renew()
  router.openPicture(id)
  render(View)
  await screen.findByRole('complementary', { name: 'About this picture' })
  return userEvent.setup()
}

const zoomed = () => within(screen.getByRole('group', { name: 'Zoom' }))
const share = () => zoomed().getByRole('status').textContent

beforeEach(() => {
  while (toasts.current) toasts.next()
})

describe('looking closer', () => {
  it('goes by keys and by buttons, and Escape first shows all of it again', async () => {
    const user = await arrive()
    expect(share()).toBe('100%')
    await user.keyboard('+')
    expect(share()).toBe('150%')
    await user.click(zoomed().getByRole('button', { name: 'Closer' }))
    expect(share()).toBe('200%')
    await user.keyboard('-')
    expect(share()).toBe('150%')
    await user.keyboard('1')
    expect(share()).toBe('100%')
    await user.keyboard('++')
    await user.keyboard('{Escape}')
    expect(share()).toBe('100%')
    expect(router.picture).toBe(PARENT)
    await user.keyboard('{Escape}')
    expect(router.picture).toBeNull()
  })
})

describe('saving in another form', () => {
  it('remembers the form and whether the making is told', async () => {
    const saved = vi.spyOn(host.pictures, 'saveAs')
    const user = await arrive()
    await user.keyboard('d')
    const dialog = within(await screen.findByRole('dialog', { name: 'Save as' }))
    expect(dialog.getByRole('radio', { name: /^PNG/ })).toBeChecked()
    await user.click(dialog.getByRole('radio', { name: /^WebP/ }))
    await user.click(dialog.getByRole('switch', { name: /With prompt and settings inside/ }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(toasts.current?.words).toBe('The picture is saved.'))
    expect(saved).toHaveBeenCalledWith(PARENT, { form: 'webp', told: false })
    expect(settings.value).toMatchObject({ pictureForm: 'webp', pictureTold: false })
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Save as' })).toBeNull())
  })

  it('says when only one image of many was saved, and stays open when nothing was', async () => {
    const save = vi.spyOn(host.pictures, 'saveAs').mockResolvedValue(null)
    const user = await arrive()
    await user.click(screen.getByRole('button', { name: 'Save as' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Save as' }))
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(save).toHaveBeenCalledOnce())
    expect(toasts.current).toBeFalsy()
    save.mockResolvedValue({ still: true })
    await user.click(await screen.findByRole('button', { name: 'Save' }))
    await waitFor(() => expect(toasts.current?.words).toMatch(/only its first image/))
  })
})

describe('comparing two', () => {
  it('lays one over the other with a border that keys move, or side by side, and tells the differences', async () => {
    const user = await arrive(CHILD)
    await user.keyboard('c')
    const dialog = within(await screen.findByRole('dialog', { name: 'Compare with' }))
    await user.click(dialog.getAllByRole('button', { name: /Lighthouse/ })[0]!)
    const border = await screen.findByRole('slider', { name: 'Border between the two' })
    expect(border).toHaveAttribute('aria-valuetext', '50% of this one')
    const table = within(screen.getByRole('table'))
    expect(table.getByRole('row', { name: /Made with/ })).toHaveTextContent(/DALL·E 3.*GPT Image 1/)
    await user.click(screen.getByRole('button', { name: 'Side by side' }))
    expect(screen.queryByRole('slider')).toBeNull()
    expect(screen.getByText('The other', { selector: 'span' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Side by side' }))
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('slider')).toBeNull()
    expect(router.picture).toBe(CHILD)
  })
})

describe('a family', () => {
  it('is walked by keys, and there is a way back', async () => {
    const user = await arrive()
    const into = within(screen.getByRole('group', { name: 'Made into' }))
    into.getByRole('button').focus()
    await user.keyboard('{Enter}')
    await waitFor(() => expect(router.picture).toBe(CHILD))
    const from = await screen.findByRole('group', { name: 'Made from' })
    expect(within(from).getAllByRole('button')).toHaveLength(1)
    expect(screen.getByText('42'), 'its seed is told').toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Back to the picture before' }))
    await waitFor(() => expect(router.picture).toBe(PARENT))
    expect(screen.queryByRole('button', { name: 'Back to the picture before' })).toBeNull()
  })

  it('is in nobody’s way', async () => {
    await arrive()
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } }
    const { violations } = await axe.run(document.body, { rules })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })
})
