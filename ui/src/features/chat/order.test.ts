import { configure, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeStore, fakeStore } from '../../host/browser'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import { chat } from './chat.svelte'
import Side from './Side.svelte'
import View from './View.svelte'

// Roles and names are computed for the whole window, and that takes its time.
configure({ asyncUtilTimeout: 5000 })
vi.setConfig({ testTimeout: 30_000 })

async function arrive() {
  Object.assign(fakeStore, new FakeStore())
  const start = await begin()
  router.welcome = 'shut'
  chat.begin(start)
  render(Side)
  render(View)
  return userEvent.setup()
}

const ROOF = 'Rooftop vegetable garden'
const BUDGET = 'Household budget formulas'
const list = () => within(screen.getByRole('list', { name: 'Conversations' }))
const row = (title: string) => list().getByRole('button', { name: new RegExp(`^${title}`) })
const gone = (title: string) =>
  waitFor(() => expect(list().queryByRole('button', { name: new RegExp(`^${title}`) })).toBeNull())
const folder = (name: string) => list().getByText(name).closest('button')!
const talk = (title: string) => fakeStore.talks.find((one) => one.conversation.title === title)!.conversation
const undo = () => toasts.current?.action?.run()

async function menu(user: ReturnType<typeof userEvent.setup>, of: string, item: string) {
  await user.click(screen.getByRole('button', { name: of }))
  await user.click(await screen.findByRole('menuitem', { name: item }))
}
const more = (title: string) => `More about “${title}”`

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
  chat.selection.end()
  chat.list.showArchive(false)
  chat.finding.look('')
  while (toasts.current) toasts.next()
})

describe('folders', () => {
  it('fold, and stay so', async () => {
    const user = await arrive()
    expect(row('Audio guide, room 4')).toBeInTheDocument()
    await user.click(folder('Museum'))
    await gone('Audio guide, room 4')
    expect(fakeStore.folders[0]?.folded).toBe(true)
    expect(folder('Museum')).toHaveAttribute('aria-expanded', 'false')
  })

  it('are made from the list, and refuse to have no name', async () => {
    const user = await arrive()
    await menu(user, 'How the list is shown', 'New folder…')
    const dialog = within(await screen.findByRole('dialog', { name: 'New folder' }))
    const name = dialog.getByRole('textbox', { name: 'Name' })
    await user.type(name, '{Enter}')
    await waitFor(() => expect(name).toBeInvalid())
    await user.type(name, 'Kitchen{Enter}')
    await waitFor(() => expect(folder('Kitchen')).toBeInTheDocument())
  })

  it('take a conversation from its menu, and give it back with "Undo"', async () => {
    const user = await arrive()
    await menu(user, more(BUDGET), 'Move to a folder')
    await user.click(await screen.findByRole('option', { name: /Museum/ }))
    await waitFor(() => expect(talk(BUDGET).folderId).toBe('museum'))
    expect(toasts.current?.words).toBe('The conversation is in “Museum”.')
    undo()
    await waitFor(() => expect(talk(BUDGET).folderId).toBeNull())
  })

  it('are made for a conversation by typing a name', async () => {
    const user = await arrive()
    await menu(user, more(BUDGET), 'Move to a folder')
    await user.type(await screen.findByRole('searchbox', { name: 'Find or name a folder' }), 'Money{Enter}')
    await waitFor(() => expect(folder('Money')).toBeInTheDocument())
    await waitFor(() => expect(talk(BUDGET).folderId).toBe(fakeStore.folders[1]?.id))
  })

  it('go without what lies in them, and come back with "Undo"', async () => {
    const user = await arrive()
    await menu(user, 'More about the folder “Museum”', 'Remove the folder')
    await waitFor(() => expect(fakeStore.folders).toEqual([]))
    expect(row('Audio guide, room 4')).toBeInTheDocument()
    undo()
    await waitFor(() => expect(talk('Audio guide, room 4').folderId).toBe('museum'))
  })

  it('are renamed with F2', async () => {
    const user = await arrive()
    folder('Museum').focus()
    await user.keyboard('{F2}')
    const name = await screen.findByRole('textbox', { name: 'Name' })
    expect(name).toHaveValue('Museum')
    await user.clear(name)
    await user.type(name, 'Castle{Enter}')
    await waitFor(() => expect(folder('Castle')).toBeInTheDocument())
  })

  it('take what is dropped on them', async () => {
    await arrive()
    document.elementFromPoint = vi.fn(() => folder('Museum'))
    await fireEvent.pointerDown(row(BUDGET), { button: 0, clientX: 5, clientY: 5 })
    await fireEvent.pointerMove(window, { clientX: 40, clientY: 40 })
    await fireEvent.pointerUp(window)
    await waitFor(() => expect(talk(BUDGET).folderId).toBe('museum'))
  })
})

describe('the archive', () => {
  it('takes a conversation out of the list and shows it again', async () => {
    const user = await arrive()
    await menu(user, more(BUDGET), 'Archive')
    await gone(BUDGET)
    await menu(user, 'How the list is shown', 'Show the archive')
    await waitFor(() => expect(row(BUDGET)).toBeInTheDocument())
    await gone(ROOF)
    await menu(user, more(BUDGET), 'Take out of the archive')
    expect(await screen.findByText('Nothing is in the archive.')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Back to the list' }))
    await waitFor(() => expect(row(BUDGET)).toBeInTheDocument())
  })
})

describe('several at once', () => {
  it('are selected by Ctrl and a press, and moved with one "Undo"', async () => {
    const user = await arrive()
    await user.keyboard('{Control>}')
    await user.click(row(BUDGET))
    await user.click(row('Why is the sky'))
    await user.keyboard('{/Control}')
    const bar = within(screen.getByRole('toolbar', { name: 'Selected conversations' }))
    expect(bar.getByRole('status')).toHaveTextContent('2 selected')
    await user.click(bar.getByRole('button', { name: 'Archive' }))
    await gone(BUDGET)
    expect(screen.queryByRole('toolbar'), 'it is done').toBeNull()
    undo()
    await waitFor(() => expect(row(BUDGET)).toBeInTheDocument())
    expect(row('Why is the sky')).toBeInTheDocument()
  })

  it('are selected with Shift and arrows', async () => {
    const user = await arrive()
    row('Audio guide').focus()
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(row('Audio guide')).toHaveAttribute('aria-pressed', 'true')
    expect(row('Labels in plain')).toHaveAttribute('aria-pressed', 'true')
    await user.keyboard('{Escape}')
    expect(row('Audio guide')).not.toHaveAttribute('aria-pressed')
  })

  it('can be all, and go to the recycle bin and back', async () => {
    const user = await arrive()
    await menu(user, 'How the list is shown', 'Select')
    await user.click(screen.getByRole('button', { name: 'Select all' }))
    await screen.findByText(`${fakeStore.talks.length} selected`)
    await user.click(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Delete' }))
    await gone(ROOF)
    expect(fakeStore.talks.every(({ conversation }) => conversation.deletedAt !== null)).toBe(true)
    undo()
    await waitFor(() => expect(row(ROOF)).toBeInTheDocument())
  })

  it('are pinned together', async () => {
    const user = await arrive()
    await menu(user, 'How the list is shown', 'Select')
    await user.click(row(BUDGET))
    await user.click(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Pin' }))
    await waitFor(() => expect(talk(BUDGET).pinned).toBe(true))
    undo()
    await waitFor(() => expect(talk(BUDGET).pinned).toBe(false))
  })
})

describe('searching', () => {
  it('shows who said it and when, and opens there', async () => {
    const user = await arrive()
    await user.type(screen.getByRole('searchbox', { name: 'Search conversations' }), '豆瓣')
    const found = await list().findByText('豆瓣')
    expect(found.tagName).toBe('MARK')
    await user.click(found)
    const log = within(await screen.findByRole('log', { name: 'Conversation' }))
    const said = (await log.findByText(/先把豆瓣酱炒出红油/)).closest('article')
    await waitFor(() => expect(said, 'marked for a moment').toHaveClass('msg--marked'))
  })

  it('says when nothing is found, and that old messages are still to come', async () => {
    const user = await arrive()
    await user.type(screen.getByRole('searchbox', { name: 'Search conversations' }), 'zzzz')
    expect(await screen.findByText('No title and no message contains “zzzz”.')).toBeInTheDocument()
    fakeStore.tell({ kind: 'indexing', indexing: { done: 40, of: 100 } })
    expect(
      await screen.findByText('Older messages are still being made searchable: 40%.'),
    ).toBeInTheDocument()
    fakeStore.tell({ kind: 'indexing', indexing: null })
  })
})

it('is open to everybody, while one selects and while one searches', async () => {
  const user = await arrive()
  const options: axe.RunOptions = {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  }
  const found = async () =>
    (await axe.run(document.body, options)).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
    )
  await menu(user, 'How the list is shown', 'Select')
  await user.click(row(BUDGET))
  expect(await found()).toEqual([])
  chat.selection.end()
  await user.type(screen.getByRole('searchbox', { name: 'Search conversations' }), 'rent')
  await list().findByRole('button', { name: /rent/ })
  expect(await found()).toEqual([])
})
