import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { problem } from '../../../host/failure'
import { router } from '../../../state/router.svelte'
import { settings } from '../../../state/settings.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { EVERYTHING } from '../gallery.svelte'
import { pictures } from '../pictures.svelte'
import View from '../View.svelte'

async function arrive() {
  Object.assign(fakeStore, new FakeStore())
  await begin()
  router.welcome = 'shut'
  router.openPicture(null)
  await pictures.begin()
  await pictures.gallery.look(EVERYTHING)
  await pictures.renew()
  pictures.desk.type('')
  render(View)
  await screen.findByRole('heading', { level: 1, name: 'Pictures' })
  return userEvent.setup()
}

const dialog = () => within(screen.getByRole('dialog'))
const press = (name: string) => userEvent.click(dialog().getByRole('button', { name }))

async function choose(user: ReturnType<typeof userEvent.setup>) {
  await user.click(dialog().getByRole('combobox', { name: 'Written by' }))
  const [first] = await screen.findAllByRole('option')
  await user.click(first!)
}

beforeEach(() => {
  vi.restoreAllMocks()
  while (toasts.current) toasts.next()
})

describe('improving a prompt', () => {
  it('suggests, keeps mine, uses theirs, and gives mine back', async () => {
    const user = await arrive()
    expect(screen.queryByRole('button', { name: 'Improve my prompt' }), 'nothing to improve').toBeNull()
    await user.type(screen.getByRole('textbox', { name: 'Describe your picture' }), 'A boat')
    await user.click(screen.getByRole('button', { name: 'Improve my prompt' }))
    expect(dialog().getByText(/may charge for/)).toBeVisible()
    expect(dialog().getByRole('button', { name: 'Suggest' })).toBeDisabled()
    await choose(user)
    await press('Suggest')
    expect(await dialog().findByText('A boat, in soft morning light, seen from afar')).toBeVisible()
    const found = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    })
    expect(found.violations).toEqual([])
    await press('Keep mine')
    expect(pictures.desk.prompt).toBe('A boat')

    await user.click(screen.getByRole('button', { name: 'Improve my prompt' }))
    expect(settings.value.improveWith, 'the model is remembered').not.toBeNull()
    await press('Suggest')
    await dialog().findByText(/seen from afar/)
    await press('Use it')
    expect(pictures.desk.prompt).toBe('A boat, in soft morning light, seen from afar')
    expect(pictures.desk.earlier).toContain('A boat')
    toasts.shown.at(-1)?.action?.run()
    expect(pictures.desk.prompt).toBe('A boat')
  })

  it('says inline what is in the way, and asks once a press', async () => {
    const user = await arrive()
    const asked = vi
      .spyOn(host.pictures, 'improve')
      .mockRejectedValue(problem('unreachable', '', { service: 'Box' }))
    await user.type(screen.getByRole('textbox', { name: 'Describe your picture' }), 'A boat')
    await user.click(screen.getByRole('button', { name: 'Improve my prompt' }))
    if (!settings.value.improveWith) await choose(user)
    await press('Suggest')
    expect(await dialog().findByRole('alert')).toHaveTextContent('Box')
    expect(asked).toHaveBeenCalledOnce()
    expect(toasts.shown).toEqual([])
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })
})

describe('a question that is still asked', () => {
  it.each([
    ['is let go when the dialog is closed', 'Cancel', 1],
    ['is not let go by Escape, for it is paid for', null, 0],
  ])('%s', async (_, button, times) => {
    const user = await arrive()
    vi.spyOn(host.pictures, 'improve').mockReturnValue(new Promise(() => {}))
    const stop = vi.spyOn(host.pictures, 'stopWords')
    await user.type(screen.getByRole('textbox', { name: 'Describe your picture' }), 'A boat')
    await user.click(screen.getByRole('button', { name: 'Improve my prompt' }))
    if (!settings.value.improveWith) await choose(user)
    await press('Suggest')
    if (button) await press(button)
    else await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog') === null).toBe(times === 1)
    expect(stop).toHaveBeenCalledTimes(times)
  })

  it('is not stopped once it is answered', async () => {
    const user = await arrive()
    const stop = vi.spyOn(host.pictures, 'stopWords')
    await user.type(screen.getByRole('textbox', { name: 'Describe your picture' }), 'A boat')
    await user.click(screen.getByRole('button', { name: 'Improve my prompt' }))
    if (!settings.value.improveWith) await choose(user)
    await press('Suggest')
    await dialog().findByText(/seen from afar/)
    await press('Keep mine')
    expect(stop).not.toHaveBeenCalled()
  })
})

describe('describing a picture', () => {
  it('gives words to copy or to use', async () => {
    const user = await arrive()
    const [first] = await host.pictures.rows(EVERYTHING, 0, 1)
    router.openPicture(first!.id)
    await user.click(await screen.findByRole('button', { name: 'Describe' }))
    await choose(user)
    await press('Describe it')
    await dialog().findByText('A pier in fog, gouache, muted blues')
    await press('Copy')
    expect(fakeStore.copied).toBe('A pier in fog, gouache, muted blues')
    await press('Use as prompt')
    expect(router.picture).toBeNull()
    expect(pictures.desk.prompt).toBe('A pier in fog, gouache, muted blues')
  })
})

describe('the same picture', () => {
  it('is told with the ways to its places, and found by a filter', async () => {
    const user = await arrive()
    const [first, second] = fakeStore.pictures
    fakeStore.pictures = fakeStore.pictures.map((one) =>
      one === second ? { ...one, mediaId: first!.mediaId } : one,
    )
    const message = { messageId: 'm-1', conversationId: 'c-1', title: 'Harbour', sent: true }
    const picture = host.pictures.picture
    vi.spyOn(host.pictures, 'picture').mockImplementation(async (id) => ({
      ...(await picture(id)),
      messages: [message],
    }))
    router.openPicture(first!.id)
    const list = await screen.findByRole('list', { name: 'Same picture in 3 places' })
    const open = vi.spyOn(router, 'openMessage').mockImplementation(() => {})
    await user.click(within(list).getByRole('button', { name: 'Sent along in “Harbour”' }))
    expect(open).toHaveBeenCalledWith('c-1', 'm-1')
    router.openPicture(null)
    await user.click(await screen.findByRole('button', { name: 'Kind' }))
    await user.click(screen.getByRole('menuitemradio', { name: 'Duplicates' }))
    await waitFor(() => expect(pictures.gallery.count).toBe(2))
  })
})
