import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sent } from '../../../bindings/Sent'
import { host, problem } from '../../../host'
import { Failure } from '../../../host/failure'
import { FakeStore, fakeStore } from '../../../host/browser'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { chat } from '../chat.svelte'
import View from '../View.svelte'
import { rounded, sentWords } from './words'

const sent = (part: Partial<Sent>): Sent => ({
  messages: 14,
  of: 220,
  tokens: 6_043,
  window: 8_192,
  exact: false,
  ...part,
})

describe('what goes along, in words', () => {
  it.each([
    [sent({}), 0, 'Last 14 of 220 messages, about 6,000 of 8,192 tokens'],
    [sent({ exact: true }), 0, 'Last 14 of 220 messages, 6,043 of 8,192 tokens'],
    [sent({ window: null }), 0, 'Last 14 of 220 messages, about 6,000 tokens'],
    [sent({ messages: 4, of: 4, tokens: 61 }), 0, 'All 4 messages, about 61 of 8,192 tokens'],
    [sent({ messages: 1, of: 1, tokens: 8, exact: true, window: null }), 0, '1 message, 8 tokens'],
    [sent({}), 206, 'A summary and the last 14 of 220 messages, about 6,000 of 8,192 tokens'],
  ])('%#', (what, summed, words) => {
    expect(sentWords(what, summed)).toBe(words)
  })

  it('claims no more than it knows', () => {
    expect([0, 7, 61, 128, 6_043, 64_999].map(rounded)).toEqual([0, 7, 61, 130, 6_000, 65_000])
  })
})

describe('in a conversation', () => {
  beforeEach(async () => {
    vi.restoreAllMocks()
    Object.assign(fakeStore, new FakeStore())
    chat.begin(await begin())
    router.welcome = 'shut'
    router.openConversation('roof')
    await chat.show('roof')
    render(View)
  })

  const outlook = (first: string, summed = 0) =>
    vi.spyOn(host.chat, 'outlook').mockResolvedValue({ sent: sent({ messages: 1, of: 2 }), first, summed })
  const line = () => screen.findByRole('complementary', { name: 'What is sent' })

  it('is told under the desk', async () => {
    expect(await screen.findByText(/^All 2 messages, about/)).toBeInTheDocument()
  })

  it('is looked up when typing rests, not at every key', async () => {
    await screen.findByText(/^All 2 messages/)
    const look = vi.spyOn(host.chat, 'outlook')
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'Hello there')
    expect(look).not.toHaveBeenCalled()
    await waitFor(() => expect(look).toHaveBeenCalledTimes(1))
    expect(look.mock.calls[0]?.[2], 'with what stands on the desk').toBe('Hello there')
    chat.composer.type('')
  })

  it('begins at a quiet line, and what is above can be summed up', async () => {
    outlook('roof-2')
    chat.options.set('seed', 1)
    const here = within(await line())
    expect(here.getByText(/Older messages are not sent/)).toBeInTheDocument()
    const user = userEvent.setup()
    await user.click(await here.findByRole('button', { name: 'Sum them up' }))
    expect(await here.findByRole('status')).toHaveTextContent('Summing up…')
    outlook('roof-2', 1)
    await waitFor(() => expect(here.getByText('What is above is sent as a summary')).toBeInTheDocument(), {
      timeout: 4000,
    })
    expect(here.queryByText(/not sent/), 'nothing is left out any more').toBeNull()
    await user.click(here.getByText('What is above is sent as a summary'))
    await user.click(here.getByRole('button', { name: 'Remove the summary' }))
    await waitFor(() => expect(fakeStore.talk('roof').conversation.summary).toBeNull())
  })

  it('can be stopped while it is summed up', async () => {
    outlook('roof-2')
    chat.options.set('seed', 2)
    const here = within(await line())
    const user = userEvent.setup()
    await user.click(await here.findByRole('button', { name: 'Sum them up' }))
    await user.click(await here.findByRole('button', { name: 'Stop summing up' }))
    await waitFor(() => expect(here.queryByRole('status')).toBeNull())
    expect(fakeStore.talk('roof').conversation.summary, 'and nothing was changed').toBeNull()
  })

  it('says why it could not be summed up', async () => {
    outlook('roof-2')
    chat.options.set('seed', 3)
    vi.spyOn(host.chat, 'sumUp').mockRejectedValueOnce(new Failure(problem('balance_empty')))
    const here = within(await line())
    await userEvent.click(await here.findByRole('button', { name: 'Sum them up' }))
    expect(await here.findByText(/no money left/)).toBeInTheDocument()
  })
})
