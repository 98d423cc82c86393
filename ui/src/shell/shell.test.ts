import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { chat } from '../features/chat/chat.svelte'
import { host } from '../host'
import { FakeStore, fakeStore, type Scene } from '../host/browser'
import { connection } from '../state/connection.svelte'
import { keys } from '../state/platform'
import { router, SECTIONS } from '../state/router.svelte'
import { settings } from '../state/settings.svelte'
import { begin } from '../state/start'
import { toasts } from '../state/toasts.svelte'
import App from './App.svelte'
import { WITH_CONTROL } from './keys'
import { recent } from './recent'
import { shortcutGroups } from './shortcuts'

async function open(scene: Scene = {}) {
  Object.assign(fakeStore, new FakeStore({ settings: { language: 'en' }, ...scene }))
  const start = await begin()
  chat.begin(start)
  render(App)
  return userEvent.setup()
}

beforeEach(() => {
  router.welcome = 'shut'
  router.palette = false
  router.shortcuts = false
  recent.forget()
  router.go('chat')
  connection.reached(true)
})

describe('the window', () => {
  it('shows only places that work, each with its key', async () => {
    const user = await open()
    const main = within(screen.getByRole('navigation', { name: 'Main' }))
    expect(main.getAllByRole('link').map((link) => link.textContent?.trim())).toEqual([
      'Chat',
      'Pictures',
      'Speech',
      'Transcribe',
      'Settings',
    ])
    await user.keyboard('{Control>}6{/Control}')
    expect(main.getByRole('link', { name: 'Settings' })).toHaveAttribute('aria-current', 'page')
    await waitFor(() => expect(screen.getByRole('main'), 'the focus comes along').toHaveFocus())
    await user.keyboard('{Control>}1{/Control}')
    expect(main.getByRole('link', { name: 'Chat' })).toHaveAttribute('aria-current', 'page')
    expect(screen.getByRole('textbox', { name: 'Message' }), 'and back to the desk').toHaveFocus()
  })

  it('names the service that will be asked, and what is left there', async () => {
    const user = await open()
    await user.click(screen.getByRole('button', { name: /ModelBox.*works.*\$18\.42/ }))
    expect(router.place).toBe('settings')
  })

  it('says when there is no network, and that all is here', async () => {
    await open()
    fakeStore.tell({ kind: 'reach', online: false })
    expect(await screen.findByText('You are offline. Everything you made is here.')).toBeVisible()
    fakeStore.tell({ kind: 'reach', online: true })
    await waitFor(() => expect(screen.queryByText(/You are offline/)).toBeNull())
  })

  it('never lets a demonstration pass for the real thing', async () => {
    const leave = vi.spyOn(host, 'leaveDemo').mockResolvedValue()
    const user = await open({ demo: true })
    const line = screen.getByText('This is a demonstration. Nothing leaves this computer.').closest('div')
    if (!line) throw new Error('the line has a box')
    await user.click(within(line).getByRole('button', { name: 'Connect a service' }))
    expect(leave).toHaveBeenCalledOnce()
  })

  it('remembers that the side panel is folded', async () => {
    const user = await open()
    await user.click(screen.getByRole('button', { name: 'Hide the side panel' }))
    expect(fakeStore.settings.sideFolded).toBe(true)
    await user.click(screen.getByRole('button', { name: 'Show the side panel' }))
    expect(fakeStore.settings.sideFolded).toBe(false)
  })

  it('takes back what was deleted', async () => {
    const undo = vi.fn()
    const user = await open()
    toasts.show('It is in the recycle bin.', { label: 'Undo', run: undo })
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    expect(undo).toHaveBeenCalledOnce()
    expect(toasts.current).toBeUndefined()
  })

  it('takes back each of several things, also with the same words', async () => {
    const [first, second] = [vi.fn(), vi.fn()]
    const user = await open()
    toasts.show('It is in the recycle bin.', { label: 'Undo', run: first })
    toasts.show('It is in the recycle bin.', { label: 'Undo', run: second })
    const buttons = await screen.findAllByRole('button', { name: 'Undo' })
    expect(buttons, 'both can be undone at once').toHaveLength(2)
    await user.click(buttons[1]!)
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1])
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(first).toHaveBeenCalledOnce()
  })

  it('says plain words once, shows three messages at a time, and each goes by itself', async () => {
    vi.useFakeTimers()
    await open()
    for (const words of ['One.', 'Two.', 'One.', 'Three.', 'Four.']) toasts.show(words)
    await vi.advanceTimersByTimeAsync(0)
    const seen = () => ['One.', 'Two.', 'Three.', 'Four.'].filter((words) => screen.queryByText(words))
    expect(seen()).toEqual(['One.', 'Two.', 'Three.'])
    await vi.advanceTimersByTimeAsync(6000)
    expect(seen(), 'the one that waited has its own time').toEqual(['Four.'])
    await vi.advanceTimersByTimeAsync(6000)
    expect(seen()).toEqual([])
    vi.useRealTimers()
  })

  it('hides the layer of messages when there is none, so that Escape stops an answer again', async () => {
    const hide = vi.fn()
    HTMLElement.prototype.hidePopover = hide
    onTestFinished(() => void Reflect.deleteProperty(HTMLElement.prototype, 'hidePopover'))
    await open()
    toasts.show('Said.')
    await screen.findByText('Said.')
    hide.mockClear()
    toasts.next()
    await waitFor(() => expect(screen.queryByText('Said.')).toBeNull())
    expect(hide).toHaveBeenCalled()
  })

  it('leads to "Undo" by F6 and gives the focus back', async () => {
    const user = await open()
    const search = screen.getByRole('searchbox', { name: 'Search conversations' })
    search.focus()
    toasts.show('It is in the recycle bin.', { label: 'Undo', run: () => {} })
    await screen.findByText('It is in the recycle bin.')
    await user.keyboard('{Shift>}{F6}{/Shift}')
    expect(screen.getByRole('button', { name: 'Undo' })).toHaveFocus()
    await user.keyboard('{Enter}')
    expect(search).toHaveFocus()
  })
})

describe('“Go to”', () => {
  it('finds a conversation by its title and opens it', async () => {
    const user = await open()
    await user.keyboard('{Control>}k{/Control}')
    const dialog = within(screen.getByRole('dialog', { name: 'Go to' }))
    await user.type(dialog.getByRole('searchbox'), 'rooftop')
    await waitFor(() => expect(dialog.getAllByRole('option')).toHaveLength(1))
    await user.keyboard('{Enter}')
    expect(router.conversation).toBe('roof')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('does what a place offers, from anywhere', async () => {
    const user = await open()
    router.openSettings('models')
    await user.keyboard('{Control>}k{/Control}')
    await user.keyboard('asksev')
    const dialog = within(screen.getByRole('dialog', { name: 'Go to' }))
    expect(dialog.getAllByRole('option')[0], 'letters may be left out').toHaveTextContent('Ask several')
    await user.keyboard('{Enter}')
    expect(router.place).toBe('chat')
    await user.click(await screen.findByRole('button', { name: 'Cancel' }))
    await user.keyboard('{Control>}k{/Control}instr{Enter}')
    await screen.findByRole('dialog', { name: 'Instructions' })
    await user.keyboard('{Escape}')
    await user.keyboard('{Control>}k{/Control}')
    const first = within(screen.getByRole('dialog', { name: 'Go to' })).getAllByRole('option')
    expect(
      first.slice(0, 2).map((option) => option.textContent.trim()),
      'what was used last',
    ).toEqual(['Instructions', 'Ask several'])
    await user.keyboard('{Escape}')
  })

  it('shows the newest conversations, but not the open one', async () => {
    const user = await open()
    router.openConversation('roof')
    await user.keyboard('{Control>}k{/Control}')
    const options = () => within(screen.getByRole('dialog', { name: 'Go to' })).getAllByRole('option')
    await waitFor(() => expect(options()[0]).toHaveTextContent(/Letters to grandma/))
    await user.keyboard('{Escape}')
  })

  it('changes the language by the other language’s own name', async () => {
    const user = await open()
    await user.keyboard('{Control>}k{/Control}')
    await user.keyboard('简体')
    await user.keyboard('{Enter}')
    expect(screen.getByRole('navigation', { name: '主导航' })).toBeVisible()
    await settings.change({ language: 'en' })
  })
})

describe('the keys', () => {
  it('are told by Ctrl+/ and from the help', async () => {
    const user = await open()
    await user.keyboard('{Control>}/{/Control}')
    const dialog = screen.getByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(within(dialog).getByText('Go to a place, a conversation, an action')).toBeVisible()
    await user.click(within(dialog).getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    router.openSettings('help')
    await user.click(await screen.findByText('Which keys are worth knowing?'))
    await user.click(screen.getByRole('button', { name: 'Keyboard shortcuts' }))
    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  })

  it('are all among those told', () => {
    const told = shortcutGroups().flatMap(({ shortcuts }) => shortcuts.flatMap((one) => one.keys))
    for (const key of Object.keys(WITH_CONTROL)) expect(told).toContain(keys(key.toUpperCase()))
  })
})

describe('nothing is in the way of a screen reader', () => {
  // Colours are judged by styles/contrast.test.ts: this page is never painted.
  const options: axe.RunOptions = { rules: { 'color-contrast': { enabled: false } } }
  const found = async () =>
    (await axe.run(document.body, options)).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
    )

  it('in the chat', async () => {
    await open()
    expect(await found()).toEqual([])
  })

  it('in the pictures', async () => {
    const user = await open({ makings: true })
    await user.keyboard('{Control>}2{/Control}')
    await screen.findByRole('textbox', { name: 'Describe your picture' })
    await screen.findByRole('grid', { name: 'Pictures' })
    expect(await found()).toEqual([])
  })

  it.each(SECTIONS)('in the settings: %s', async (section) => {
    await open()
    router.openSettings(section)
    await screen.findByRole('heading', { level: 1, name: 'Settings' })
    expect(await found()).toEqual([])
  })

  it.each(['start', 'connect'] as const)('in the welcome: %s', async (step) => {
    await open({ first: true })
    router.welcome = step
    await screen.findByRole('dialog', { name: 'Welcome' })
    expect(await found()).toEqual([])
  })

  it('in the keyboard shortcuts', async () => {
    await open()
    router.shortcuts = true
    await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(await found()).toEqual([])
  })

  it('in “Go to”', async () => {
    const user = await open()
    await user.keyboard('{Control>}k{/Control}')
    expect(await found()).toEqual([])
  })
})
