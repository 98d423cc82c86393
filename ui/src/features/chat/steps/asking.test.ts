import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeStore, fakeStore } from '../../../host/browser'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { tools } from '../../../state/tools.svelte'
import { chat } from '../chat.svelte'
import Side from '../Side.svelte'
import View from '../View.svelte'

async function ask(question: string) {
  Object.assign(fakeStore, new FakeStore())
  const start = await begin()
  router.welcome = 'shut'
  await tools.reload()
  chat.begin(start)
  render(Side)
  render(View)
  const user = userEvent.setup()
  await user.type(desk(), question.replaceAll('[', '[[') + '{Enter}')
  return user
}

const desk = () => screen.getByRole('textbox', { name: 'Message' })
const asking = (name: string) =>
  screen.findByRole('group', { name: `The model wants to use “${name}”.` }, { timeout: 4000 })
const line = (words: RegExp) => screen.findByText(words, {}, { timeout: 4000 })

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
  chat.composer.type('')
  while (toasts.current) toasts.next()
})

describe('a tool call that waits', () => {
  it('says what will happen, to everybody, and takes the focus without a button', async () => {
    await ask('Count [tool]')
    const card = await asking('Calculator')
    expect(card).toHaveTextContent('3*4')
    expect(card).toHaveAccessibleDescription('Medley does it on this computer. The result goes to ModelBox.')
    expect(card, 'Enter must not allow anything by accident').toHaveFocus()
    expect(chat.said).toBe('The model wants to use “Calculator”. It waits for your answer.')
    const list = within(screen.getByRole('list', { name: 'Conversations' }))
    expect(list.getByText('Waits for you')).toBeVisible()
    expect(screen.getByText('Round 1 of 8')).toBeVisible()
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  })

  it('is allowed by keyboard, and the answer goes on', async () => {
    const user = await ask('Count [tool]')
    await asking('Calculator')
    await user.tab()
    expect(screen.getByRole('button', { name: 'Allow once' })).toHaveFocus()
    await user.keyboard('{Enter}')
    await line(/Calculator, 0.3 s/)
    await waitFor(() => expect(desk(), 'the desk is next').toHaveFocus())
    await user.click(screen.getByText(/Calculator, 0.3 s/))
    expect(await screen.findByLabelText('Result')).toHaveTextContent('12')
    expect(screen.getByLabelText('What it was given')).toHaveTextContent('{ "expression": "3*4" }')
  })

  it('is refused', async () => {
    const user = await ask('Count [tool]')
    await user.click(within(await asking('Calculator')).getByRole('button', { name: 'Refuse' }))
    await line(/Calculator, refused/)
  })

  it('wants a result where the function is the person’s own', async () => {
    const user = await ask('The sky [tool:weather]')
    const card = within(await asking('weather'))
    expect(card.queryByRole('button', { name: 'Allow once' }), 'allowing brings no result').toBeNull()
    expect(card.getByRole('button', { name: 'Send result' })).toBeDisabled()
    await user.type(card.getByRole('textbox', { name: 'Result' }), 'Snow')
    await user.click(card.getByRole('button', { name: 'Send result' }))
    await user.click(await line(/weather, 0.3 s/))
    expect(await screen.findByLabelText('Result')).toHaveTextContent('Snow')
  })

  it('leads on to the next that waits', async () => {
    const user = await ask('Both [tool] [tool:date_and_time]')
    const first = within(await asking('Calculator'))
    const second = await asking('Date and time')
    await user.click(first.getByRole('button', { name: 'Allow once' }))
    await waitFor(() => expect(second).toHaveFocus())
    await user.click(within(second).getByRole('button', { name: 'Refuse' }))
    await line(/Date and time, refused/)
  })

  it('leaves the focus to whoever is writing', async () => {
    const user = await ask('Count [tool]')
    await user.type(desk(), 'and then')
    await asking('Calculator')
    expect(desk()).toHaveFocus()
  })

  it('shows in another conversation too', async () => {
    const user = await ask('Count [tool]')
    await asking('Calculator')
    const title = chat.session.conversation?.title ?? ''
    router.openConversation('roof')
    await waitFor(() => expect(chat.session.conversation?.id).toBe('roof'))
    await user.click(await screen.findByRole('button', { name: `“${title}” waits for you` }))
    await asking('Calculator')
  })

  it('stays unanswered when it is stopped', async () => {
    const user = await ask('Count [tool]')
    await asking('Calculator')
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await line(/Calculator, not answered/)
    expect(screen.queryByRole('button', { name: 'Allow once' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Continue' })).toBeVisible()
  })
})
