import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../host'
import { FakeStore, fakeStore, type Scene } from '../../host/browser'
import { actions } from '../../state/actions.svelte'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import { chat } from './chat.svelte'
import Side from './Side.svelte'
import View from './View.svelte'

/** A person in front of the chat; nothing is open. */
async function arrive(scene: Scene = {}) {
  Object.assign(fakeStore, new FakeStore(scene))
  const start = await begin()
  router.welcome = 'shut'
  chat.begin(start)
  render(Side)
  render(View)
  return userEvent.setup()
}

const desk = () => screen.getByRole('textbox', { name: 'Message' })
const row = (title: string) => within(screen.getByRole('list', { name: 'Conversations' })).getByText(title)
const log = () => within(screen.getByRole('log', { name: 'Conversation' }))

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
  chat.composer.type('')
  while (toasts.current) toasts.next()
})

describe('a new conversation', () => {
  it('is sent with Enter and answered by the model chosen', async () => {
    const user = await arrive()
    await user.type(desk(), 'What grows here?{Enter}')
    expect(await log().findByRole('article', { name: 'You' })).toHaveTextContent('What grows here?')
    expect(await log().findByRole('article', { name: 'Claude Sonnet 4.5' })).toHaveAttribute(
      'aria-busy',
      'true',
    )
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(await screen.findByRole('button', { name: 'Send' })).toBeInTheDocument()
    expect(desk(), 'the desk is empty').toHaveValue('')
  })

  it('breaks the line with Shift and Enter', async () => {
    const user = await arrive()
    await user.type(desk(), 'one{Shift>}{Enter}{/Shift}two')
    expect(desk()).toHaveValue('one\ntwo')
  })

  it('takes an example onto the desk', async () => {
    const user = await arrive()
    const examples = within(screen.getByRole('list', { name: 'Examples' })).getAllByRole('button')
    await user.click(examples[0]!)
    expect(desk()).toHaveValue(examples[0]!.textContent)
    expect(desk(), 'one can go on typing').toHaveFocus()
  })

  it('that is not accepted leaves the words on the desk and says why', async () => {
    const user = await arrive()
    vi.spyOn(host.chat, 'send').mockRejectedValueOnce({ code: 'disk_full', message: '', facts: {} })
    await user.type(desk(), 'Hello{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full. Your text is kept.')
    expect(desk()).toHaveValue('Hello')
  })

  it('offers to connect a service while there is none', async () => {
    const user = await arrive({ first: true })
    await user.click(screen.getByRole('button', { name: 'Connect a service' }))
    expect(router.welcome).toBe('connect')
  })
})

describe('an open conversation', () => {
  it('shows who, what and, on demand, the details', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    const answer = within(await log().findByRole('article', { name: 'Claude Sonnet 4.5' }))
    await user.click(answer.getByRole('button', { name: /Details/ }))
    const details = within(screen.getByRole('dialog', { name: 'Details' }))
    expect(details.getByText('412'), 'tokens received').toBeInTheDocument()
    const silent = details.getAllByText('not reported')
    expect(silent, 'the service was silent about who answered and why it ended').toHaveLength(2)
  })

  it('copies code, and opens links only outside', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    await user.click(await screen.findByRole('button', { name: 'Copy code' }))
    expect(fakeStore.copied).toContain('boxes = 6')
    await user.click(screen.getByRole('link', { name: 'guide to growing in boxes' }))
    expect(fakeStore.opened).toEqual(['https://www.rhs.org.uk/vegetables/containers'])
  })

  it('sends an edited question as a new version', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    const editor = screen.getByRole('textbox', { name: 'Edit' })
    await user.clear(editor)
    await user.type(editor, 'Shorter?{Enter}')
    expect(await log().findByText('2 of 2')).toBeInTheDocument()
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await user.click(await screen.findByRole('button', { name: 'Previous version' }))
    expect(await log().findByText('1 of 2')).toBeInTheDocument()
  })

  it('keeps a half-written edit while the person looks elsewhere', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    await user.type(screen.getByRole('textbox', { name: 'Edit' }), ' Half a thou')
    await user.click(row('Train to Ljubljana'))
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Edit' })).toBeNull())
    await user.click(row('Rooftop vegetable garden'))
    const editor = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit' })
    expect(editor.value).toMatch(/ Half a thou$/)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('textbox', { name: 'Edit' })).toBeNull()
    expect(toasts.current?.words).toBe('Your change was not sent.')
    toasts.current?.action?.run()
    const again = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit' })
    expect(again.value, 'Escape can be undone').toMatch(/ Half a thou$/)
    const edit = vi.spyOn(host.chat, 'edit')
    chat.session.writings = ['another']
    await user.type(again, '{Enter}')
    expect(edit, 'not while an answer is written').not.toHaveBeenCalled()
    chat.session.writings = []
    chat.editing.drop()
  })

  it('goes to the recycle bin and comes back with "Undo"', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    await user.click(await screen.findByRole('button', { name: 'More about this conversation' }))
    await user.click(screen.getByRole('menuitem', { name: 'Delete' }))
    await waitFor(() => expect(screen.queryByText('Start with three deep boxes along the wall.')).toBeNull())
    expect(toasts.current?.words).toBe('“Rooftop vegetable garden” is in the recycle bin.')
    toasts.current?.action?.run()
    expect(await screen.findByText('Start with three deep boxes along the wall.')).toBeInTheDocument()
  })

  it('is renamed in its place', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    await user.click(await screen.findByRole('button', { name: 'More about this conversation' }))
    await user.click(screen.getByRole('menuitem', { name: 'Rename' }))
    await user.clear(screen.getByRole('textbox', { name: 'Title' }))
    await user.type(screen.getByRole('textbox', { name: 'Title' }), 'The roof{Enter}')
    expect(await screen.findByRole('heading', { name: 'The roof' })).toBeInTheDocument()
    const more = screen.getByRole('button', { name: 'More about this conversation' })
    await waitFor(() => expect(more, 'where the renaming began').toHaveFocus())
    await waitFor(() => expect(row('The roof')).toBeInTheDocument())
  })
})

describe('going from one conversation to the next', () => {
  it('ends where the person went last, however long a draft takes to be written down', async () => {
    await arrive()
    let written = () => {}
    vi.spyOn(host.chat, 'saveDraft').mockReturnValueOnce(new Promise((done) => (written = done)))
    chat.composer.text = 'half a question'
    const first = chat.show('roof')
    const second = chat.show(null)
    written()
    await Promise.all([first, second])
    await new Promise((done) => setTimeout(done, 50))
    expect(chat.session.conversation, 'the empty desk was asked for last').toBeNull()
  })
})

it('what is pressed twice in haste is done once', async () => {
  await arrive()
  await chat.show('roof')
  const branch = vi.spyOn(host.chat, 'branch')
  await Promise.all([chat.branch('roof-1'), chat.branch('roof-1')])
  const begin = vi.spyOn(host.texts, 'begin')
  await Promise.all([chat.newText(), chat.newText()])
  expect([branch.mock.calls.length, begin.mock.calls.length]).toEqual([1, 1])
})

describe('very long words that are pasted', () => {
  it('become a file of the conversation they were pasted in, and leave other drafts alone', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    await waitFor(() => expect(chat.session.conversation?.id).toBe('roof'))
    await user.type(desk(), 'See ')
    await user.paste('word '.repeat(10_000))
    const [toast] = toasts.shown
    await user.click(row('Train to Ljubljana'))
    await waitFor(() => expect(chat.session.conversation?.title).toBe('Train to Ljubljana'))
    await user.type(desk(), 'Another draft')
    toast?.action?.run()
    await waitFor(() => expect(fakeStore.attachments.map(({ place }) => place)).toEqual(['roof']))
    expect(desk()).toHaveValue('Another draft')
    await user.click(row('Rooftop vegetable garden'))
    await waitFor(() => expect(desk()).toHaveValue('See '))
    chat.composer.type('')
  })
})

describe('a question whose files are still read', () => {
  it('goes where it was asked, also when the person looks at another conversation by then', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    await log().findByRole('article', { name: 'Claude Sonnet 4.5' })
    await chat.attachments.paste([new File(['…'], 'slow.pdf')])
    const send = vi.spyOn(host.chat, 'send')
    await user.type(desk(), 'And the wall?{Enter}')
    await user.click(row('Train to Ljubljana'))
    await waitFor(() => expect(chat.session.conversation?.title).toBe('Train to Ljubljana'))
    const [file] = fakeStore.attachments
    expect(send, 'the file is not read yet').not.toHaveBeenCalled()
    fakeStore.tell({ kind: 'attachment', attachment: { ...file!, state: 'kept' } })
    await waitFor(() => expect(send).toHaveBeenCalled())
    expect(send.mock.calls[0]![0]).toMatchObject({ conversationId: 'roof', text: 'And the wall?' })
    await send.mock.results[0]!.value
    expect(chat.session.conversation?.title, 'nobody is pulled back').toBe('Train to Ljubljana')
  })
})

describe('the focus', () => {
  it('stays at the desk when "Send" turns into "Stop" and back', async () => {
    const user = await arrive()
    await user.type(desk(), 'What grows here?')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(desk(), 'one can type on').toHaveFocus()
    const stop = await screen.findByRole('button', { name: 'Stop' })
    stop.focus()
    await user.keyboard('{Enter}')
    await screen.findByRole('button', { name: 'Send' })
    expect(desk(), 'the button that had the focus is gone').toHaveFocus()
  })

  it('stays on the arrows while stepping through versions', async () => {
    const user = await arrive()
    await user.click(row('Rooftop vegetable garden'))
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    await user.type(screen.getByRole('textbox', { name: 'Edit' }), ' Shorter?{Enter}')
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    const previous = await screen.findByRole('button', { name: 'Previous version' })
    await waitFor(() => expect(previous).toBeEnabled())
    await user.click(previous)
    await log().findByText('1 of 2')
    const next = screen.getByRole('button', { name: 'Next version' })
    await waitFor(() => expect(next, 'the other arrow ends at the first version').toHaveFocus())
  })

  it('goes to the next row when one is deleted', async () => {
    const user = await arrive()
    const rows = () =>
      within(screen.getByRole('list', { name: 'Conversations' }))
        .getAllByRole('button')
        .filter((button) => button.dataset.row)
    const next = rows()[2]!.dataset.row
    rows()[1]!.focus()
    await user.keyboard('{Delete}')
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-row', next))
  })
})

it('offers to go only where that fits', async () => {
  const user = await arrive()
  const offered = () => actions.all.map(({ label }) => label())
  expect(offered()).toEqual(['Ask several', 'Instructions', 'All options', 'Continue my text'])
  await user.click(screen.getByRole('button', { name: 'Continue my text' }))
  await waitFor(() => expect(chat.texts.sheet).not.toBeNull())
  expect(offered()).toEqual(['All options', 'Continue my text', 'Export…'])
})

describe('the list', () => {
  it('is one tab stop, walked with arrows', async () => {
    const user = await arrive()
    const rows = within(screen.getByRole('list', { name: 'Conversations' }))
    const stops = rows.getAllByRole('button').filter((button) => button.dataset.row && button.tabIndex === 0)
    expect(stops.length).toBe(1)
    stops[0]!.focus()
    await user.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement).toHaveTextContent('Letters to grandma'))
    await user.keyboard('{End}')
    await waitFor(() => expect(document.activeElement).toHaveTextContent('Train to Ljubljana'))
  })
})

it('has nothing that axe would find', async () => {
  const user = await arrive()
  await user.click(row('Rooftop vegetable garden'))
  await screen.findByRole('button', { name: 'Copy code' })
  // Colours and sizes need a real page; the end-to-end tests look at those.
  const found = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))])).toEqual(
    [],
  )
})
