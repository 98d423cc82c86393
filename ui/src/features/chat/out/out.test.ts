import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { problem } from '../../../host/failure'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { chat } from '../chat.svelte'
import View from '../View.svelte'

vi.setConfig({ testTimeout: 30_000 })

async function arrive() {
  Object.assign(fakeStore, new FakeStore())
  const start = await begin()
  router.welcome = 'shut'
  chat.begin(start)
  render(View)
  router.openConversation('roof')
  await screen.findByText(/Good news/)
  return userEvent.setup()
}

async function choose(user: ReturnType<typeof userEvent.setup>, item: string) {
  await user.click(screen.getByRole('button', { name: 'More about this conversation' }))
  await user.click(screen.getByRole('menuitem', { name: item }))
}
const dialog = () => within(screen.getByRole('dialog', { name: /^Export/ }))

beforeEach(async () => {
  vi.restoreAllMocks()
  router.newConversation()
  await chat.show(null)
  while (toasts.current) toasts.next()
})

describe('export', () => {
  it('writes the form chosen, with words of the language, and shows where it is', async () => {
    const user = await arrive()
    const show = vi.spyOn(host.out, 'show')
    await choose(user, 'Export…')
    expect(dialog().getByRole('radio', { name: /Markdown/ }), 'first').toHaveFocus()
    await user.click(dialog().getByRole('radio', { name: /Web page/ }))
    await user.click(dialog().getByRole('button', { name: 'Export' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(fakeStore.exports[0]).toMatchObject({
      ids: ['roof'],
      folderId: null,
      format: 'html',
      words: { language: 'en', you: 'You', conversations: 'Conversations' },
    })
    expect(toasts.current?.words).toBe('“Medley.html” is saved.')
    toasts.current?.action?.run()
    expect(show).toHaveBeenCalledOnce()
  })

  it('tells how far it is, and can be stopped', async () => {
    const user = await arrive()
    let refuse: (reason: unknown) => void = () => {}
    vi.spyOn(host.out, 'write').mockReturnValueOnce(new Promise((_, reject) => (refuse = reject)))
    vi.spyOn(host.out, 'stop').mockImplementationOnce(async () => refuse(problem('stopped')))
    chat.exports.askFolder('museum', 40)
    await user.click(await screen.findByRole('button', { name: 'Export' }))
    fakeStore.tell({ kind: 'exporting', done: 12, of: 40 })
    expect(await dialog().findByText('12 of 40 conversations')).toBeInTheDocument()
    const options: axe.RunOptions = { rules: { 'color-contrast': { enabled: false } } }
    expect((await axe.run(screen.getByRole('dialog'), options)).violations).toEqual([])
    await user.click(dialog().getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(toasts.current?.words).toContain('Stopped. Nothing was written.'))
    expect(dialog().queryByText('12 of 40 conversations'), 'one can try again').toBeNull()
    await user.click(dialog().getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('stays open when nobody said where to', async () => {
    const user = await arrive()
    vi.spyOn(host.out, 'write').mockResolvedValueOnce(null)
    await choose(user, 'Export…')
    await user.click(dialog().getByRole('button', { name: 'Export' }))
    await waitFor(() => expect(chat.exports.running).toBe(false))
    expect(dialog().getByRole('button', { name: 'Export' })).toBeEnabled()
    expect(toasts.current).toBeUndefined()
    chat.exports.leave()
  })
})

describe('copying', () => {
  it('takes the conversation, or one message, with its looks', async () => {
    const user = await arrive()
    await choose(user, 'Copy conversation')
    await waitFor(() => expect(fakeStore.copied).toBe('rich roof'))
    expect(toasts.current?.words).toBe('The conversation is on the clipboard.')
    await user.click(screen.getAllByRole('button', { name: 'Copy as rich text' }).at(-1)!)
    await waitFor(() => expect(fakeStore.copied).toBe('rich roof-2'))
  })
})
