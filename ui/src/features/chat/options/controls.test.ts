// Every control of the drawer, in a chat and in a text: what it is called, how it is worked, and what it sets.
import {
  fireEvent,
  render,
  screen,
  waitFor,
  within,
  type BoundFunctions,
  type queries,
} from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Options } from '../../../bindings/Options'
import { FakeStore, fakeStore } from '../../../host/browser'
import { router } from '../../../state/router.svelte'
import { settings } from '../../../state/settings.svelte'
import { begin } from '../../../state/start'
import { chat } from '../chat.svelte'
import Side from '../Side.svelte'
import View from '../View.svelte'
import { NOTHING } from './fields'

// Every control there is, one after the other.
vi.setConfig({ testTimeout: 60_000 })

type User = ReturnType<typeof userEvent.setup>
type Drawer = BoundFunctions<typeof queries>
type Work = (user: User, drawer: Drawer, name: string) => Promise<unknown>

async function arrive(kind: 'chat' | 'text') {
  Object.assign(fakeStore, new FakeStore())
  router.welcome = 'shut'
  chat.begin(await begin())
  render(Side)
  render(View)
  const user = userEvent.setup()
  if (kind === 'chat') {
    router.openConversation('roof')
    await chat.show('roof')
  } else {
    await user.click(screen.getByRole('button', { name: 'Continue my text' }))
    await screen.findByRole('textbox', { name: 'Your text' })
  }
  await user.click(screen.getByRole('button', { name: 'All options' }))
  return { user, drawer: within(await screen.findByRole('dialog', { name: 'All options' })) }
}

const kept = () => fakeStore.talk(chat.session.conversation!.id).conversation.options

/** Moves a slider. */
const slide =
  (to: number): Work =>
  async (_, drawer, name) => {
    const slider = drawer.getByRole('slider', { name })
    await fireEvent.input(slider, { target: { value: String(to) } })
    await fireEvent.change(slider, { target: { value: String(to) } })
  }

const type =
  (words: string): Work =>
  (user, drawer, name) =>
    user.type(drawer.getByRole('textbox', { name }), words)

/** Chooses from a list. */
const choose =
  (option: RegExp): Work =>
  async (user, drawer, name) => {
    await user.click(drawer.getByRole('combobox', { name }))
    await user.click(await screen.findByRole('option', { name: option }))
  }

/** Types a word that the list does not have. */
const say =
  (word: string): Work =>
  async (user, drawer, name) => {
    await user.click(drawer.getByRole('combobox', { name }))
    await user.keyboard(`${word}{Enter}`)
  }

const flip: Work = (user, drawer, name) => user.click(drawer.getByRole('switch', { name }))

/** Presses the button "Add" that belongs to what is called so, and types into what comes. */
const add =
  (at: number, words: string): Work =>
  async (user, drawer) => {
    await user.click(drawer.getAllByRole('button', { name: 'Add' })[at]!)
    await user.keyboard(words)
  }

const liked: Work = async (user, drawer, name) => {
  await add(1, '1734')(user, drawer, name)
  await user.type(drawer.getByRole('textbox', { name: 'Liked words, logit_bias, weight 1' }), '5')
}

type Row = [name: string, work: Work, set: Partial<Options>]

const BOTH: Row[] = [
  ['Surprise, temperature', slide(0.3), { temperature: 0.3 }],
  ['Choice of words, top_p', slide(0.4), { topP: 0.4 }],
  ['New subjects, presence_penalty', slide(0.5), { presencePenalty: 0.5 }],
  ['Fewer repetitions, frequency_penalty', slide(-0.5), { frequencyPenalty: -0.5 }],
  ['Longest answer, max_tokens', type('900'), { maxTokens: 900 }],
  ['How many answers, n', type('3'), { n: 3 }],
  ['Repeatable, seed', type('7'), { seed: 7 }],
  ['Who asks, user', type('gallery'), { user: 'gallery' }],
  ['Word by word, stream', choose(/^yes/), { stream: true }],
  ['Word by word, stream', choose(/^no/), { stream: false }],
  ['Count tokens at the end, stream_options', choose(/^no/), { includeUsage: false }],
  ['Word confidence, logprobs', flip, { logprobs: true }],
  ['Other words considered, top_logprobs', type('4'), { topLogprobs: 4 }],
  ['Stop at, stop', add(0, 'END'), { stop: ['END'] }],
  ['Liked words, logit_bias', liked, { logitBias: { '1734': 5 } }],
]

const CHATS: Row[] = [
  ...BOTH,
  ['Longest answer with thoughts, max_completion_tokens', type('4000'), { maxCompletionTokens: 4000 }],
  ['Thinking, reasoning_effort', choose(/^Much/), { reasoningEffort: 'high' }],
  ['Thinking, reasoning_effort', say('ultra'), { reasoningEffort: 'ultra' }],
  ['Answer length, verbosity', choose(/^Long/), { answerLength: 'long' }],
  ['Calling tools, tool_choice', choose(/^Always one/), { toolChoice: 'required' }],
  ['Calling tools, tool_choice', say('weather'), { toolChoice: 'weather' }],
  ['Several tools at once, parallel_tool_calls', choose(/^no/), { parallelToolCalls: false }],
]

const TEXTS: Row[] = [
  ...BOTH,
  ['Best of, best_of', type('4'), { bestOf: 4 }],
  ['Send what follows the cursor, suffix', flip, { suffix: false }],
  ['Give the text back, echo', flip, { echo: true }],
]

beforeEach(async () => {
  chat.options.open = false
  chat.options.begun()
  router.newConversation()
  await chat.show(null)
  await settings.change({ options: NOTHING })
})

it.each([
  ['chat' as const, CHATS],
  ['text' as const, TEXTS],
])('in a %s each control sets its option and no other', async (kind, rows) => {
  const { user, drawer } = await arrive(kind)
  for (const [name, work, set] of rows) {
    await work(user, drawer, name)
    await waitFor(() => expect(kept(), name).toEqual({ ...NOTHING, ...set }))
    expect(drawer.getByRole('status'), name).toHaveTextContent('1 changed. Only this is sent.')
    await user.click(drawer.getByRole('button', { name: 'Reset' }))
    await waitFor(() => expect(kept()).toEqual(NOTHING))
  }
})

it.each([
  ['chat' as const, 'messages'],
  ['chat' as const, 'prompt'],
  ['text' as const, 'messages'],
  ['text' as const, 'prompt'],
])('in a %s what is asked cannot be replaced: %s', async (kind, name) => {
  const { user, drawer } = await arrive(kind)
  await user.click(drawer.getByRole('textbox', { name: 'Anything else, extra JSON' }))
  await user.paste(`{"${name}": "x"}`)
  expect(drawer.getByRole('alert')).toHaveTextContent(`Not sent: “${name}” cannot be replaced here.`)
})

it('has no more than five other words in a text, and says so of more that are usual', async () => {
  const { user, drawer } = await arrive('text')
  const field = drawer.getByRole('textbox', { name: 'Other words considered, top_logprobs' })
  await user.type(field, '6')
  expect(drawer.getByRole('alert')).toHaveTextContent('Between 0 and 5.')
  expect(kept().topLogprobs).toBeNull()
  await user.clear(field)
  await settings.change({ options: { ...NOTHING, logprobs: true, topLogprobs: 12 } })
  expect(await drawer.findByText('In a text 5 at most are told.')).toBeInTheDocument()
})
