import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { router } from '../../../state/router.svelte'
import { settings } from '../../../state/settings.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { chat } from '../chat.svelte'
import Side from '../Side.svelte'
import View from '../View.svelte'

// People type letter by letter, and a model writes word by word.
vi.setConfig({ testTimeout: 20_000 })

/** What the fake adds to any text. */
const ADDED = ' and the evening went on quietly. A lamp was lit in one window, then in the next.'

async function arrive() {
  Object.assign(fakeStore, new FakeStore({}))
  const start = await begin()
  router.welcome = 'shut'
  chat.begin(start)
  render(Side)
  render(View)
  const user = userEvent.setup()
  await user.click(screen.getByRole('button', { name: 'Continue my text' }))
  await screen.findByRole('textbox', { name: 'Your text' })
  return user
}

const box = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Your text' })
const press = (name: string) => screen.getByRole('button', { name })
const suggestion = () => within(screen.getByRole('group', { name: 'What the model wrote' }))
const shows = (text: string) => waitFor(() => expect(box()).toHaveValue(text), { timeout: 4000 })
/** What is written down of the text that is open. */
const onDisk = () => fakeStore.talk(router.conversation!).draft
const keeps = (text: string) => waitFor(() => expect(onDisk()).toBe(text), { timeout: 4000 })

/** Puts the caret somewhere, as a press does. */
function caret(at: number) {
  box().focus()
  box().setSelectionRange(at, at)
  document.dispatchEvent(new Event('selectionchange'))
}

async function go(user: ReturnType<typeof userEvent.setup>, name = 'Continue') {
  await user.click(press(name))
  await screen.findByRole('button', { name: 'Keep' }, { timeout: 4000 })
}

beforeEach(async () => {
  vi.restoreAllMocks()
  router.newConversation()
  await chat.show(null)
  await settings.change({ options: { ...settings.value.options, n: null, suffix: null } })
  while (toasts.current) toasts.next()
})

describe('a text', () => {
  it('begins as an empty sheet with the cursor on it and stands in the list with its mark', async () => {
    const user = await arrive()
    expect(box()).toHaveFocus()
    expect(press('Continue')).toBeDisabled()
    await user.type(box(), 'Once upon a time')
    const list = within(screen.getByRole('list', { name: 'Conversations' }))
    expect(await list.findByRole('button', { name: /^Text:\s*Once upon a time/ })).toBeInTheDocument()
    await keeps('Once upon a time')
    const before = fakeStore.talks.length
    await user.click(press('Continue my text'))
    await shows('')
    expect(fakeStore.talks, 'a second one').toHaveLength(before + 1)
    await user.click(press('Continue my text'))
    expect(fakeStore.talks, 'which is empty, and will do').toHaveLength(before + 1)
  })

  it('is continued at its end, and the words are kept or taken out', async () => {
    const user = await arrive()
    await user.type(box(), 'The night')
    await go(user)
    await shows(`The night${ADDED}`)
    expect(onDisk(), 'a suggestion is not the text').toBe('The night')
    expect(document.querySelector('mark')).toHaveTextContent(ADDED.trim())
    expect(suggestion().getByText(/wrote the tinted words/)).toBeInTheDocument()
    await user.click(press('Take out'))
    await shows('The night')
    await go(user)
    await user.click(press('Keep'))
    await keeps(`The night${ADDED}`)
    expect(document.querySelector('mark')).toBeNull()
    expect(screen.queryByRole('group', { name: 'What the model wrote' })).toBeNull()
  })

  it('says that it is full, what it cost and who wrote it', async () => {
    const user = await arrive()
    await user.type(box(), 'The night')
    await go(user)
    expect(suggestion().getByText('It reached the length that was set.')).toBeInTheDocument()
    await user.click(suggestion().getByRole('button', { name: /Details/ }))
    const details = within(screen.getByRole('dialog', { name: 'Details' }))
    expect(details.getByText('18'), 'tokens received').toBeInTheDocument()
    expect(details.getByText('$0.001')).toBeInTheDocument()
    expect(details.getByText('Model that answered')).toBeInTheDocument()
  })

  it('takes the words for its own when somebody writes on', async () => {
    const user = await arrive()
    await user.type(box(), 'The night')
    await go(user)
    await user.type(box(), ' End.')
    await keeps(`The night${ADDED} End.`)
    expect(document.querySelector('mark')).toBeNull()
    await user.keyboard('{Control>}z{/Control}{Control>}z{/Control}')
    await keeps(`The night${ADDED}`)
    await user.keyboard('{Control>}z{/Control}')
    await keeps('The night')
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}{Control>}y{/Control}{Control>}y{/Control}')
    await keeps(`The night${ADDED} End.`)
  })

  it('has its gap filled where the cursor stands', async () => {
    const user = await arrive()
    await user.type(box(), 'The night was long.')
    caret(9)
    await waitFor(() => expect(press('Fill the gap')).toBeInTheDocument())
    expect(screen.getByText(/also sees what follows/)).toBeInTheDocument()
    const asked = vi.spyOn(host.texts, 'goOn')
    await go(user, 'Fill the gap')
    await shows(`The night${ADDED} was long.`)
    expect(asked.mock.calls[0]![0]).toMatchObject({ before: 'The night', behind: ' was long.' })
    expect(box().selectionEnd, 'one goes on behind the words').toBe(`The night${ADDED}`.length)
  })

  it('says which model does not see what follows', async () => {
    vi.spyOn(chat.learnt, 'refuses').mockImplementation((_, field) => field === 'suffix')
    const user = await arrive()
    await user.type(box(), 'The night was long.')
    caret(9)
    await waitFor(() => expect(screen.getByText(/does not see what follows the cursor/)).toBeInTheDocument())
    expect(press('Continue')).toBeEnabled()
    expect(screen.queryByRole('button', { name: 'Fill the gap' })).toBeNull()
  })

  it('can be written on while the model writes, without a letter out of place', async () => {
    const user = await arrive()
    await user.type(box(), 'The night')
    await user.click(press('Continue'))
    await waitFor(() => expect(box().value.length).toBeGreaterThan(20))
    caret(0)
    await user.keyboard('Once: ')
    caret(box().value.length)
    await user.keyboard(' End.')
    await waitFor(() => expect(press('Continue')).toBeInTheDocument(), { timeout: 4000 })
    await shows(`Once: The night${ADDED} End.`)
    await keeps(`Once: The night${ADDED} End.`)
    expect(document.querySelector('mark'), 'text and words are one').toBeNull()
  })

  it('is stopped, and what came stays', async () => {
    const user = await arrive()
    await user.type(box(), 'The night [long]')
    await user.click(press('Continue'))
    await waitFor(() => expect(box().value).toContain('evening'))
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    expect(await screen.findByText(/Stopped. What came stands in the text./)).toBeInTheDocument()
    await user.click(press('Keep'))
    await waitFor(() => expect(onDisk()).toContain('evening'))
  })

  it('lets one choose among versions', async () => {
    const user = await arrive()
    await user.type(box(), 'The night')
    chat.options.set('n', 3)
    await go(user)
    expect(suggestion().getByText('1 of 3')).toBeInTheDocument()
    await user.click(press('Next version'))
    await shows(`The night${ADDED} (2)`)
    expect(suggestion().getByText('2 of 3')).toBeInTheDocument()
    await user.click(press('Previous version'))
    await shows(`The night${ADDED}`)
    await user.click(press('Try again'))
    await waitFor(() => expect(suggestion().getByText('4 of 6')).toBeInTheDocument(), { timeout: 4000 })
  })

  it('offers a chat where the model wants one', async () => {
    const user = await arrive()
    await user.type(box(), 'The night [[chat]')
    await user.click(press('Continue'))
    await user.click(await screen.findByRole('button', { name: 'Ask it in a chat' }, { timeout: 4000 }))
    await shows(`The night [chat]${ADDED}`)
    expect(suggestion().getByText('Asked in a chat.')).toBeInTheDocument()
  })

  it('is there again with its suggestion, and while that is written', async () => {
    const user = await arrive()
    await user.type(box(), 'The night [[long]')
    await user.click(press('Continue'))
    await waitFor(() => expect(box().value).toContain('evening'))
    const id = router.conversation!
    router.newConversation()
    expect(await screen.findByRole('textbox', { name: 'Message' })).toHaveValue('')
    router.openConversation(id)
    await waitFor(() => expect(box().value).toContain('evening'))
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    await screen.findByRole('button', { name: 'Keep' })
    const shown = box().value
    router.newConversation()
    await screen.findByRole('textbox', { name: 'Message' })
    router.openConversation(id)
    await shows(shown)
    expect(press('Keep')).toBeInTheDocument()
  })

  it('that could not be continued stays as it was, with the reason', async () => {
    const user = await arrive()
    await user.type(box(), 'The night')
    vi.spyOn(host.texts, 'goOn').mockRejectedValueOnce({ code: 'disk_full', message: '', facts: {} })
    await user.click(press('Continue'))
    expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full. Your text is kept.')
    expect(box()).toHaveValue('The night')
    await keeps('The night')
  })

  it('goes back to what it was', async () => {
    const user = await arrive()
    await user.type(box(), 'The night')
    await go(user)
    await user.type(box(), ' End.')
    await user.click(press('Earlier continuations'))
    const dialog = within(await screen.findByRole('dialog', { name: 'Earlier continuations' }))
    await user.click(await dialog.findByRole('button', { name: 'Go back to this' }))
    await shows(`The night${ADDED}`)
    expect(press('Keep')).toBeInTheDocument()
  })

  it('has the options of texts, and is clean for assistive tools', async () => {
    const user = await arrive()
    await user.type(box(), 'The night')
    await go(user)
    await user.click(press('All options'))
    const drawer = within(await screen.findByRole('dialog', { name: 'All options' }))
    expect(drawer.getByRole('switch', { name: /suffix/ })).toBeChecked()
    expect(drawer.getByRole('switch', { name: /echo/ })).not.toBeChecked()
    await user.type(drawer.getByRole('textbox', { name: /best_of/ }), '2')
    expect(drawer.getByText('The words then come all at once.')).toBeInTheDocument()
    expect(drawer.queryByText('tool_choice')).toBeNull()
    const { violations } = await axe.run(document.body, {
      rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
    })
    expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  })
})
