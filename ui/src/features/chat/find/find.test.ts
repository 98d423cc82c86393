import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { conversation, message } from '../../../host/fake/talk'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { chat } from '../chat.svelte'
import View from '../View.svelte'

vi.setConfig({ testTimeout: 30_000 })

/** A conversation of ten messages, every third of which says "quince". */
async function arrive() {
  Object.assign(fakeStore, new FakeStore())
  const messages = Array.from({ length: 10 }, (_, at) =>
    message(`q${at}`, 'fruit', {
      parentId: at > 0 ? `q${at - 1}` : null,
      role: at % 2 ? 'assistant' : 'user',
      text: at % 3 ? `Apples ${at}` : `Quince ${at}`,
      createdAt: at,
    }),
  )
  fakeStore.talks = [{ conversation: conversation('fruit', 'Fruit', 1, { head: 'q9' }), messages, draft: '' }]
  const start = await begin()
  router.welcome = 'shut'
  chat.begin(start)
  render(View)
  router.openConversation('fruit')
  await screen.findByText('Apples 8')
  return userEvent.setup()
}

const bar = () => within(screen.getByRole('search', { name: 'Find in this conversation' }))
const marked = () => chat.session.marked

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
})

describe('finding in a conversation', () => {
  it('begins with Ctrl+F at the newest and goes round with Enter and Shift+Enter', async () => {
    const user = await arrive()
    await user.keyboard('{Control>}f{/Control}')
    const field = bar().getByRole('searchbox')
    await waitFor(() => expect(field).toHaveFocus())
    await user.type(field, 'quince')
    expect(await bar().findByText('4 of 4')).toBeInTheDocument()
    await waitFor(() => expect(marked()).toBe('q9'))
    await user.keyboard('{Enter}')
    expect(bar().getByText('1 of 4'), 'after the last comes the first').toBeInTheDocument()
    await user.keyboard('{Shift>}{Enter}{Enter}{/Shift}')
    expect(bar().getByText('3 of 4')).toBeInTheDocument()
    await waitFor(() => expect(marked()).toBe('q6'))
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('search')).toBeNull()
    expect(screen.getByRole('textbox', { name: 'Message' })).toHaveFocus()
  })

  it('says when nothing is found', async () => {
    const user = await arrive()
    await user.keyboard('{Control>}f{/Control}')
    await user.type(bar().getByRole('searchbox'), 'medlar')
    expect(await bar().findByText('Nothing found')).toBeInTheDocument()
    expect(bar().getByRole('button', { name: 'Next' })).toBeDisabled()
  })

  it('goes on from what was found in the list, with the same words', async () => {
    await arrive()
    chat.finding.look('quince')
    await waitFor(() => expect(chat.finding.hits).toHaveLength(4))
    await chat.showAt({ conversationId: 'fruit', messageId: 'q3' })
    expect(await bar().findByText('2 of 4')).toBeInTheDocument()
    expect(bar().getByRole('searchbox')).toHaveValue('quince')
    chat.finding.look('')
  })

  it('ends with the conversation', async () => {
    const user = await arrive()
    await user.keyboard('{Control>}f{/Control}')
    router.newConversation()
    await waitFor(() => expect(screen.queryByRole('search')).toBeNull())
  })

  it('keeps its place when something is said meanwhile', async () => {
    await arrive()
    chat.find.begin('quince', 'q3')
    await waitFor(() => expect(chat.find.at).toBe(1))
    fakeStore.talk('fruit').messages[1]!.text = 'Quince, too'
    await chat.find.refresh()
    expect(chat.find.hits).toHaveLength(5)
    expect(chat.find.hits[chat.find.at]).toBe('q3')
  })

  it('opens the branch that a message stands on', async () => {
    await arrive()
    const asked = vi.spyOn(host.chat, 'openAt')
    const talk = fakeStore.talk('fruit')
    talk.messages.push(message('other', 'fruit', { parentId: 'q8', role: 'assistant', text: 'Medlars' }))
    await chat.showAt({ conversationId: 'fruit', messageId: 'other' })
    expect(asked).toHaveBeenCalledWith('other')
    expect(await screen.findByText('Medlars')).toBeInTheDocument()
  })
})
