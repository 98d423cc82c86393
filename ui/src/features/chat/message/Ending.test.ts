// How an answer ended, and what is known about how it came to be, in words.
import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '../../../bindings/Message'
import { FakeStore, fakeStore } from '../../../host/browser'
import { problem } from '../../../host/failure'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { chat } from '../chat.svelte'
import View from '../View.svelte'

/** The conversation "roof", its answer changed so. */
async function answered(part: Partial<Message>) {
  Object.assign(fakeStore, new FakeStore())
  const talk = fakeStore.talk('roof')
  talk.messages = talk.messages.map((one) => (one.id === 'roof-2' ? { ...one, ...part } : one))
  if (part.id) talk.conversation.head = part.id
  router.welcome = 'shut'
  chat.begin(await begin())
  router.openConversation('roof')
  await chat.show('roof')
  render(View)
  return within(await screen.findByRole('article', { name: 'Claude Sonnet 4.5' }))
}

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
})

describe('an answer', () => {
  it.each(['length', 'max_tokens', 'MAX_TOKENS'])(
    'that is full (%s) says so, and goes on',
    async (reason) => {
      const answer = await answered({ finishReason: reason })
      expect(answer.getByText('The model reached the longest answer it gives.')).toBeVisible()
      expect(answer.getByRole('button', { name: 'Continue' })).toBeVisible()
    },
  )

  it('that is whole has nothing to say', async () => {
    const answer = await answered({ finishReason: 'stop' })
    expect(answer.queryByText(/longest answer/)).toBeNull()
    expect(answer.queryByRole('button', { name: 'Continue' })).toBeNull()
  })

  it('that was held back says by whom', async () => {
    const answer = await answered({
      text: '',
      thoughts: '',
      state: 'failed',
      finishReason: 'content_filter',
      problem: problem('blocked_answer', '', { service: 'ModelBox' }),
    })
    expect(answer.getByText(/ModelBox held the answer back\./)).toBeVisible()
  })

  it('that refuses is told in the model’s own words', async () => {
    const answer = await answered({ id: 'refused', text: 'I cannot help with that.', finishReason: 'stop' })
    expect(answer.getByText('I cannot help with that.')).toBeVisible()
    expect(answer.queryByRole('alert')).toBeNull()
  })

  it('names its sources', async () => {
    const citations = [{ url: 'https://example.test/', title: 'A page' }]
    const answer = await answered({ citations })
    const sources = within(answer.getByRole('region', { name: 'Sources' }))
    expect(sources.getByRole('link', { name: 'A page' })).toBeVisible()
  })
})

describe('the details of an answer', () => {
  async function details(part: Partial<Message>) {
    const answer = await answered(part)
    await userEvent.setup().click(answer.getByRole('button', { name: /Details/ }))
    const dialog = screen.getByRole('dialog', { name: 'Details' })
    const names = within(dialog).getAllByRole('term')
    const values = within(dialog).getAllByRole('definition')
    return new Map(names.map((name, at) => [name.textContent, values[at]?.textContent]))
  }

  it('tell tokens, of them those of thoughts and those remembered, and the price', async () => {
    const usage = { tokensIn: 1071, tokensOut: 412, tokensThought: 120, tokensCached: 900, cost: 0.009 }
    const told = await details({ usage: { ...usage, about: false } })
    expect(told.get('Tokens sent')).toBe('1,071')
    expect(told.get('of them remembered by the service')).toBe('900')
    expect(told.get('Tokens received')).toBe('412')
    expect(told.get('of them thoughts')).toBe('120')
    expect(told.get('Price')).toBe('$0.009')
  })

  it('tell who answered, why it ended, and its number at the service', async () => {
    const told = await details({
      answeredBy: 'claude-sonnet-4.5-20260601',
      finishReason: 'end_turn',
      knownAs: 'chatcmpl-123',
    })
    expect(told.get('Model asked')).toBe('anthropic/claude-sonnet-4.5')
    expect(told.get('Model that answered')).toBe('claude-sonnet-4.5-20260601')
    expect(told.get('Why it ended, as the service says')).toBe('end_turn')
    expect(told.get('Its number at the service')).toBe('chatcmpl-123')
  })

  it('say what the service did not tell', async () => {
    const told = await details({ usage: null })
    expect(told.get('Tokens sent')).toBe('not reported')
    expect(told.get('Model that answered')).toBe('not reported')
    expect(told.has('of them thoughts'), 'nothing is told of nothing').toBe(false)
    expect(told.has('Its number at the service')).toBe(false)
  })
})
