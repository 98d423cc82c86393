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
import View from '../View.svelte'
import { NO_BEGINNING, NOTHING } from './fields'

async function arrive(id: string | null = 'roof') {
  Object.assign(fakeStore, new FakeStore())
  const start = await begin()
  router.welcome = 'shut'
  chat.begin(start)
  if (id) router.openConversation(id)
  await chat.show(id)
  render(View)
  return userEvent.setup()
}

async function openDrawer(user: ReturnType<typeof userEvent.setup>) {
  await user.click(screen.getByRole('button', { name: 'All options' }))
  return within(await screen.findByRole('dialog', { name: 'All options' }))
}

const kept = () => fakeStore.talk('roof').conversation.options
const chips = () => screen.queryAllByRole('listitem').map((chip) => chip.textContent?.trim())

beforeEach(async () => {
  chat.options.open = false
  chat.options.begun()
  router.newConversation()
  await chat.show(null)
  vi.restoreAllMocks()
  while (toasts.current) toasts.next()
})

describe('the drawer', () => {
  it('opens with the focus on the first option, and Escape gives it back', async () => {
    const user = await arrive()
    const drawer = await openDrawer(user)
    expect(drawer.getByRole('slider', { name: 'Surprise, temperature' })).toHaveFocus()
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole('button', { name: 'All options' })).toHaveFocus()
  })

  it('is open to everybody', async () => {
    const user = await arrive()
    await openDrawer(user)
    const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } })
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })

  it('keeps a number, marks it, and counts it', async () => {
    const user = await arrive()
    const drawer = await openDrawer(user)
    await user.type(drawer.getByRole('textbox', { name: 'Longest answer, max_tokens' }), '2000')
    await waitFor(() => expect(kept().maxTokens).toBe(2000))
    expect(drawer.getByRole('status')).toHaveTextContent('1 changed. Only this is sent.')
    expect(chips()).toEqual(['Longest answer: 2,000'])
    await user.click(drawer.getByRole('button', { name: 'Longest answer: back to the usual' }))
    await waitFor(() => expect(kept()).toEqual(NOTHING))
    expect(drawer.getByRole('status')).toHaveTextContent('Nothing changed')
  })

  it.each([
    ['How many answers, n', '129', 'Between 1 and 128.'],
    ['How many answers, n', '1.5', 'Only whole numbers count here.'],
    ['Longest answer, max_tokens', 'many', 'This is not a number. Leave it empty for the default.'],
    ['Other words considered, top_logprobs', '21', 'Between 0 and 20.'],
  ])('says what is wrong with %s: %s', async (name, typed, words) => {
    const user = await arrive()
    const drawer = await openDrawer(user)
    const field = drawer.getByRole('textbox', { name })
    await user.click(field)
    await user.paste(typed)
    expect(drawer.getByRole('alert')).toHaveTextContent(words)
    expect(field).toBeInvalid()
    expect(kept(), 'what is wrong is not kept').toEqual(NOTHING)
  })

  it('checks extra JSON while it is typed, and keeps it as typed', async () => {
    const user = await arrive()
    const drawer = await openDrawer(user)
    const field = drawer.getByRole('textbox', { name: 'Anything else, extra JSON' })
    await user.click(field)
    await user.paste('{"top_k": 4')
    expect(drawer.getByRole('alert')).toHaveTextContent('Not sent: this is not valid JSON yet.')
    expect(screen.getByText('not sent', { selector: '.unseen' }), 'the chip says so too').toBeInTheDocument()
    await user.paste('}')
    expect(drawer.queryByRole('alert')).toBeNull()
    await waitFor(() => expect(kept().extra).toBe('{"top_k": 4}'))
  })

  it('takes up to four texts to stop at', async () => {
    const user = await arrive()
    const drawer = await openDrawer(user)
    for (const text of ['END', '\\n', 'a', 'b']) {
      await user.click(drawer.getAllByRole('button', { name: 'Add' })[0]!)
      await user.keyboard(text)
    }
    await waitFor(() => expect(kept().stop).toEqual(['END', '\n', 'a', 'b']))
    expect(drawer.getAllByRole('button', { name: 'Add' }), 'only liked words have room left').toHaveLength(1)
    await user.click(drawer.getByRole('button', { name: 'Remove text 2' }))
    await waitFor(() => expect(kept().stop).toEqual(['END', 'a', 'b']))
  })

  it('takes single tokens that are liked', async () => {
    const user = await arrive()
    const drawer = await openDrawer(user)
    await user.click(drawer.getAllByRole('button', { name: 'Add' })[1]!)
    await user.keyboard('1734')
    await user.type(drawer.getByRole('textbox', { name: 'Liked words, logit_bias, weight 1' }), '-100')
    await waitFor(() => expect(kept().logitBias).toEqual({ '1734': -100 }))
  })

  it('tells what a model is known to refuse, and forgets it', async () => {
    const user = await arrive()
    const ask = chat.ask!
    fakeStore.learnt = [
      {
        ...fakeStore.learnt[0]!,
        serviceId: ask.serviceId,
        model: ask.model,
        learnt: { ...fakeStore.learnt[0]!.learnt, refusedFields: ['top_p'] },
      },
    ]
    await chat.learnt.read(ask.serviceId)
    const drawer = await openDrawer(user)
    expect(drawer.getByText('This model does not take it, so it is left out.')).toBeInTheDocument()
    await user.click(drawer.getByRole('button', { name: 'Try it again' }))
    await waitFor(() => expect(drawer.queryByText(/does not take it/)).toBeNull())
    expect(toasts.current?.words).toContain('afresh')
  })

  it('makes what is set here the usual everywhere', async () => {
    const user = await arrive()
    const drawer = await openDrawer(user)
    await user.type(drawer.getByRole('textbox', { name: 'Repeatable, seed' }), '7')
    await user.click(drawer.getByRole('button', { name: 'Use for every conversation' }))
    await waitFor(() => expect(kept()).toEqual(NOTHING))
    expect(settings.value.options.seed).toBe(7)
    expect(chips(), 'it does not differ any more').toEqual([])
    expect(drawer.getByRole('status'), 'and is sent').toHaveTextContent('1 changed')
    await user.clear(drawer.getByRole('textbox', { name: 'Repeatable, seed' }))
    await waitFor(() => expect(kept().unset).toEqual(['seed']))
    expect(chips()).toEqual(['Repeatable: default'])
  })
})

it('says nothing of “kept” when the usual options cannot be kept', async () => {
  const user = await arrive()
  const drawer = await openDrawer(user)
  await user.type(drawer.getByRole('textbox', { name: 'Repeatable, seed' }), '7')
  vi.spyOn(host, 'saveSettings').mockRejectedValueOnce(new Error('no'))
  await user.click(drawer.getByRole('button', { name: 'Use for every conversation' }))
  await waitFor(() => expect(toasts.shown).toHaveLength(1))
  expect(chat.options.own.seed, 'it is still set here').toBe(7)
  await settings.change({ options: NOTHING })
})

describe('the desk', () => {
  it('offers three styles, and a number set elsewhere shows as its own', async () => {
    const user = await arrive()
    const style = screen.getByRole('combobox', { name: 'Style' })
    expect(style).toHaveTextContent('Balanced')
    await user.click(style)
    await user.click(await screen.findByRole('option', { name: /^Precise/ }))
    await waitFor(() => expect(kept().temperature).toBe(0.2))
    expect(style).toHaveTextContent('Precise')
    expect(chips(), 'the desk shows it already').toEqual([])
    chat.options.set('temperature', 0.7)
    await waitFor(() => expect(style).toHaveTextContent('Surprise 0.7'))
    expect(chips()).toEqual(['Surprise: 0.7'])
  })

  it('speaks of thinking only to models that do', async () => {
    await arrive()
    chat.pick({ serviceId: chat.ask!.serviceId, model: 'gpt-4o' })
    await waitFor(() => expect(screen.queryByRole('combobox', { name: 'Thinking' })).toBeNull())
    chat.pick({ serviceId: chat.ask!.serviceId, model: 'o3-mini' })
    await waitFor(() => expect(screen.getByRole('combobox', { name: 'Thinking' })).toBeInTheDocument())
  })

  it('sets how long answers should be', async () => {
    const user = await arrive()
    await user.click(screen.getByRole('combobox', { name: 'Answer length' }))
    await user.click(await screen.findByRole('option', { name: 'Short' }))
    await waitFor(() => expect(kept().answerLength).toBe('short'))
  })

  it('has chips that go when pressed', async () => {
    const user = await arrive()
    chat.options.set('seed', 7)
    await user.click(await screen.findByRole('button', { name: 'Remove Repeatable: 7' }))
    await waitFor(() => expect(kept().seed).toBeNull())
    expect(chips()).toEqual([])
  })

  it('shows what was set, whatever older news of the conversation comes before it is kept', async () => {
    await arrive()
    const older = fakeStore.talk('roof').conversation
    const keep = host.chat.setOptions
    let written = () => {}
    const slow = new Promise<void>((done) => (written = done))
    vi.spyOn(host.chat, 'setOptions').mockImplementation(async (id, options) => {
      await slow
      return keep(id, options)
    })
    chat.options.set('extra', '{"a')
    chat.options.set('extra', '{"ab')
    chat.session.change(older)
    expect(chat.options.own.extra).toBe('{"ab')
    written()
    await chat.options.written()
    expect([chat.options.own.extra, kept().extra]).toEqual(['{"ab', '{"ab'])
  })

  it('takes nothing else back when an option cannot be kept', async () => {
    await arrive()
    let fail: (why: Error) => void = () => {}
    vi.spyOn(host.chat, 'setOptions').mockReturnValueOnce(new Promise((_, no) => (fail = no)))
    chat.options.set('seed', 7)
    await host.chat.rename('roof', 'Another name')
    fail(new Error('no'))
    await chat.options.written()
    expect([chat.session.conversation?.title, chat.options.own.seed]).toEqual(['Another name', null])
  })

  it('goes back and says so when an option cannot be kept', async () => {
    await arrive()
    vi.spyOn(host.chat, 'setOptions').mockRejectedValueOnce(new Error('no'))
    chat.options.set('seed', 7)
    await waitFor(() => expect(toasts.current).toBeTruthy())
    expect(chat.options.own.seed, 'what is shown is what is kept').toBeNull()
  })
})

describe('a conversation that is not there yet', () => {
  it('keeps what is set for it, and begins with it', async () => {
    const user = await arrive(null)
    chat.options.set('seed', 7)
    await chat.options.setInstructions('Be kind.')
    expect(fakeStore.beginning, 'kept across a restart').toEqual({
      options: { ...NOTHING, seed: 7 },
      instructions: 'Be kind.',
      several: [],
    })
    const send = vi.spyOn(host.chat, 'send')
    await user.type(screen.getByRole('textbox', { name: 'Message' }), 'Hello{Enter}')
    await waitFor(() => expect(send).toHaveBeenCalled())
    expect(send.mock.calls[0]![0].beginning.options.seed).toBe(7)
    await waitFor(() => expect(chat.session.conversation?.instructions).toBe('Be kind.'))
    expect(chat.options.beginning, 'the next one begins anew').toEqual(NO_BEGINNING)
  })
})

describe('instructions', () => {
  it('are kept with the conversation', async () => {
    const user = await arrive()
    await user.click(screen.getByRole('button', { name: /^Instructions/ }))
    const field = screen.getByRole('textbox', { name: 'Instructions' })
    expect(field).toHaveFocus()
    await user.type(field, 'Use metres.')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(fakeStore.talk('roof').conversation.instructions).toBe('Use metres.'))
    expect(screen.getByRole('button', { name: 'Instructions set' })).toHaveFocus()
  })

  it('are not lost when the dialog is left', async () => {
    const user = await arrive()
    await user.click(screen.getByRole('button', { name: /^Instructions/ }))
    await user.type(screen.getByRole('textbox', { name: 'Instructions' }), 'Half a thou')
    await user.keyboard('{Escape}')
    expect(fakeStore.talk('roof').conversation.instructions, 'nothing was saved').toBe('')
    await user.click(screen.getByRole('button', { name: /^Instructions/ }))
    expect(screen.getByRole('textbox', { name: 'Instructions' })).toHaveValue('Half a thou')
  })
})
