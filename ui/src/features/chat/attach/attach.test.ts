import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import Toasts from '../../../shell/Toasts.svelte'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { chat } from '../chat.svelte'
import View from '../View.svelte'

/** A person in front of an empty desk. */
async function arrive() {
  Object.assign(fakeStore, new FakeStore({}))
  const start = await begin()
  router.welcome = 'shut'
  chat.begin(start)
  render(View)
  render(Toasts)
  return userEvent.setup()
}

const desk = () => screen.getByRole('textbox', { name: 'Message' })
const files = () => within(screen.getByRole('list', { name: 'Attached files' }))
const give = (name: string) => chat.attachments.paste([new File(['x'], name)])

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
  chat.composer.type('')
  while (toasts.current) toasts.next()
})

describe('a file on the desk', () => {
  it('says its name, kind and how long it is, and goes along with the question', async () => {
    const user = await arrive()
    await user.click(screen.getByRole('button', { name: 'Attach' }))
    expect(await files().findByRole('button', { name: 'house-rules.pdf, PDF, 6 pages' })).toBeVisible()
    await user.type(desk(), 'May I?{Enter}')
    const asked = await screen.findByRole('article', { name: 'You' })
    expect(within(asked).getByRole('button', { name: 'house-rules.pdf, PDF, 6 pages' })).toBeInTheDocument()
    expect(chat.attachments.list, 'the desk is empty').toEqual([])
  })

  it('can go alone', async () => {
    const user = await arrive()
    expect(screen.getByRole('button', { name: 'Send' })).toBeDisabled()
    await give('roof.png')
    await user.click(await screen.findByRole('button', { name: 'Send' }))
    const asked = await screen.findByRole('article', { name: 'You' })
    expect(within(asked).getByRole('button', { name: /^roof.png, picture/ })).toBeInTheDocument()
  })

  it('is removed by key, the focus goes on, and comes back', async () => {
    const user = await arrive()
    await give('one.pdf')
    await give('two.pdf')
    const first = await files().findByRole('button', { name: 'one.pdf, PDF, 6 pages' })
    first.focus()
    await user.keyboard('{Delete}')
    expect(await files().findByRole('button', { name: /^two.pdf/ })).toHaveFocus()
    expect(files().queryByRole('button', { name: /^one.pdf/ })).toBeNull()
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    const names = await waitFor(() => {
      const all = files().getAllByRole('button', { name: /PDF/ })
      expect(all).toHaveLength(2)
      return all.map((button) => button.getAttribute('aria-label'))
    })
    expect(names[0], 'where it lay').toMatch(/^one.pdf/)
  })

  it('that cannot be read says why and is tried again', async () => {
    const user = await arrive()
    await give('locked.pdf')
    const chip = await files().findByRole('button', {
      name: 'locked.pdf, file, This file opens with a password only. Save a copy without one, and attach that.',
    })
    await user.click(chip)
    const dialog = within(await screen.findByRole('dialog', { name: 'locked.pdf' }))
    await user.click(dialog.getByRole('button', { name: 'Try again' }))
    expect(await files().findByRole('button', { name: 'unlocked.pdf, PDF, 6 pages' })).toBeInTheDocument()
  })
})

describe('shown before sending', () => {
  it('is the text that goes along, piece by piece, with what is left out', async () => {
    const user = await arrive()
    await give('long.pdf')
    await user.click(await files().findByRole('button', { name: 'long.pdf, PDF, 500 pages, shortened' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'long.pdf' }))
    expect(dialog.getByText('First 120 of 500 pages are sent.')).toBeVisible()
    const text = await dialog.findByRole('region', { name: 'Text of long.pdf' })
    await waitFor(() => expect(text).toHaveTextContent('A water butt on the roof is allowed.'))
    const before = text.textContent.length
    expect(before, 'not all of it is laid out at once').toBeLessThan(13_000)
    await user.click(dialog.getByRole('button', { name: 'Show more' }))
    expect(text.textContent.length).toBeGreaterThan(before)
    expect((await axe.run(document.body, { rules: { region: { enabled: false } } })).violations).toEqual([])
  })

  it('of a picture is the picture, and how closely to look', async () => {
    const user = await arrive()
    const chosen = vi.spyOn(host.attachments, 'setDetail')
    await give('roof.png')
    await user.click(await files().findByRole('button', { name: /^roof.png, picture/ }))
    const dialog = within(await screen.findByRole('dialog', { name: 'roof.png' }))
    expect(dialog.getByRole('img', { name: 'roof.png' })).toBeInTheDocument()
    await user.click(dialog.getByRole('radio', { name: 'Closely' }))
    expect(chosen).toHaveBeenCalledWith(expect.any(String), 'high')
  })
})

describe('files held over the window', () => {
  it('are told where they go, and taken when dropped', async () => {
    await arrive()
    for (const hear of fakeStore.drags) hear({ kind: 'over' })
    expect(await screen.findByText('Drop to attach')).toBeInTheDocument()
    for (const hear of fakeStore.drags) hear({ kind: 'dropped', count: 1 })
    expect(await files().findByRole('button', { name: 'dropped.pdf, PDF, 6 pages' })).toBeInTheDocument()
    expect(screen.queryByText('Drop to attach')).toBeNull()
  })
})

describe('models that open links', () => {
  it('are given one', async () => {
    const user = await arrive()
    chat.pick({ serviceId: 'modelbox', model: 'gpt-4-all' })
    await user.click(await screen.findByRole('button', { name: 'Add a link' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Add a link' }))
    await user.type(dialog.getByRole('textbox', { name: 'Address of the file' }), 'nothing{Enter}')
    expect(dialog.getByText('This does not read as a web address.')).toBeVisible()
    await user.clear(dialog.getByRole('textbox'))
    await user.type(dialog.getByRole('textbox'), 'files.example.net/a.pdf{Enter}')
    expect(
      await files().findByRole('button', { name: 'https://files.example.net/a.pdf, link' }),
    ).toBeInTheDocument()
  })
})
