import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { chat } from '../chat.svelte'
import { followedOf } from '../beside/followed'
import View from '../View.svelte'
import { another } from './another'

async function arrive() {
  Object.assign(fakeStore, new FakeStore())
  chat.begin(await begin())
  router.welcome = 'shut'
  render(View)
  return userEvent.setup()
}

const desk = () => screen.getByRole('textbox', { name: 'Message' })
const group = async () => within(await screen.findByRole('group', { name: 'Answers side by side' }))
const names = () =>
  within(screen.getByRole('group', { name: 'Answers side by side' }))
    .getAllByRole('article')
    .map((article) => article.getAttribute('aria-label'))

/** Chooses the models offered, and one more. */
async function chooseThree(user: ReturnType<typeof userEvent.setup>) {
  await user.click(screen.getByRole('button', { name: 'Ask several' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Ask several models' }))
  await user.click(dialog.getByRole('button', { name: 'Add a model' }))
  await user.click(dialog.getByRole('button', { name: 'Ask these' }))
}

beforeEach(async () => {
  vi.restoreAllMocks()
  router.newConversation()
  await chat.show(null)
  chat.composer.type('')
  await chat.several.set([])
  chat.several.open = false
})

describe('asking several models', () => {
  it('begins with the one asked and another, and takes two to four', async () => {
    const user = await arrive()
    await user.click(screen.getByRole('button', { name: 'Ask several' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Ask several models' }))
    const chosen = () => dialog.getAllByRole('combobox').map((box) => box.textContent.trim())
    expect(chosen()).toEqual(['Claude Sonnet 4.5', 'DeepSeek Reasoner'])
    expect(dialog.getByRole('button', { name: 'Remove model 1' }), 'two are the least').toBeDisabled()
    const add = dialog.getByRole('button', { name: 'Add a model' })
    await user.click(add)
    await user.click(add)
    expect(new Set(chosen()).size, 'each another one').toBe(4)
    expect(add, 'four are the most').toBeDisabled()
    await user.click(dialog.getByRole('button', { name: 'Remove model 4' }))
    await user.click(dialog.getByRole('combobox', { name: 'Model 2' }))
    await user.keyboard('llama 3.3{Enter}')
    await user.click(dialog.getByRole('button', { name: 'Ask these' }))
    const asked = within(screen.getByRole('list', { name: 'Models asked' }))
    expect(asked.getAllByRole('listitem').map((item) => item.textContent.trim())).toEqual([
      'Claude Sonnet 4.5',
      'Llama 3.3 70B',
      'GPT-4o mini',
    ])
    expect(screen.getByRole('button', { name: /^3 models: Claude.*mini$/ })).toHaveTextContent('3 models')
    expect(desk(), 'one can type at once').toHaveFocus()
  })

  it('shows the answers side by side, each with what belongs to it', async () => {
    const user = await arrive()
    await chooseThree(user)
    await user.type(desk(), 'What grows here?{Enter}')
    const all = await group()
    expect(names()).toEqual(['Claude Sonnet 4.5', 'DeepSeek Reasoner', 'GPT-4o mini'])
    expect(all.getAllByRole('button', { name: 'Stop' })).toHaveLength(3)
    expect(screen.getByRole('button', { name: 'Stop all' })).toBeInTheDocument()
    const second = within(all.getAllByRole('article')[1]!)
    await user.click(second.getByRole('button', { name: 'Stop' }))
    await second.findByRole('button', { name: 'Go on with this' })
    expect(second.getByRole('button', { name: 'Try again' }), 'while others are written').toBeEnabled()
    expect(all.getAllByRole('button', { name: 'Stop' }), 'the others go on').toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Stop all' }))
    await waitFor(() => expect(all.queryByRole('button', { name: 'Stop' })).toBeNull())
    expect(await screen.findByRole('button', { name: 'Send' })).toBeInTheDocument()
    expect(fakeStore.talks.at(-1)?.conversation.several, 'the conversation keeps whom it asks').toHaveLength(
      3,
    )
  })

  it('tries one again in its place', async () => {
    const user = await arrive()
    await chooseThree(user)
    await user.type(desk(), 'What grows here?{Enter}')
    const all = await group()
    await user.click(screen.getByRole('button', { name: 'Stop all' }))
    const again = await waitFor(() => {
      const buttons = all.getAllByRole('button', { name: 'Try again' })
      expect(buttons).toHaveLength(3)
      return buttons
    })
    await user.click(again[1]!)
    await waitFor(() => expect(all.getAllByRole('button', { name: 'Stop' })).toHaveLength(1))
    expect(names(), 'the order stays').toEqual(['Claude Sonnet 4.5', 'DeepSeek Reasoner', 'GPT-4o mini'])
    await user.click(all.getByRole('button', { name: 'Stop' }))
  })

  it('goes on with one; the others stay as versions and can be compared again', async () => {
    const user = await arrive()
    await chooseThree(user)
    await user.type(desk(), 'What grows here?{Enter}')
    const all = await group()
    await user.click(screen.getByRole('button', { name: 'Stop all' }))
    const second = within(all.getAllByRole('article')[1]!)
    await user.click(await second.findByRole('button', { name: 'Go on with this' }))
    const log = within(screen.getByRole('log', { name: 'Conversation' }))
    expect(await log.findByText('2 of 3')).toBeInTheDocument()
    expect(log.getByRole('article', { name: 'DeepSeek Reasoner' })).toBeInTheDocument()
    expect(screen.queryByRole('group', { name: 'Answers side by side' })).toBeNull()
    await user.click(log.getByRole('button', { name: 'Show side by side' }))
    await group()
    expect(names()).toHaveLength(3)
  })

  it('is walked by arrows', async () => {
    const user = await arrive()
    await chooseThree(user)
    await user.type(desk(), 'What grows here?{Enter}')
    await group()
    screen.getByRole('log', { name: 'Conversation' }).focus()
    await user.keyboard('{ArrowUp}')
    const row = screen.getByRole('group', { name: 'Answers side by side' })
    await waitFor(() => expect(row).toHaveFocus())
    await user.keyboard('{ArrowRight}{ArrowRight}')
    expect(document.activeElement).toHaveAccessibleName('DeepSeek Reasoner')
    await user.keyboard('{ArrowUp}')
    await waitFor(() => expect(document.activeElement).toHaveAccessibleName('You'))
  })

  it('goes back to one model', async () => {
    const user = await arrive()
    await chooseThree(user)
    const asked = within(screen.getByRole('list', { name: 'Models asked' }))
    await user.click(asked.getByRole('button', { name: 'Remove Claude Sonnet 4.5' }))
    await user.click(asked.getByRole('button', { name: 'Remove GPT-4o mini' }))
    expect(screen.queryByRole('list', { name: 'Models asked' })).toBeNull()
    expect(screen.getByRole('combobox', { name: 'Model' })).toHaveTextContent('DeepSeek Reasoner')
  })

  it('keeps the words when a question is not accepted', async () => {
    const user = await arrive()
    await chooseThree(user)
    vi.spyOn(host.chat, 'send').mockRejectedValueOnce({ code: 'disk_full', message: '', facts: {} })
    await user.type(desk(), 'Hello{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('The disk is full. Your text is kept.')
    expect(desk()).toHaveValue('Hello')
    expect(screen.getByRole('list', { name: 'Models asked' }), 'and whom they go to').toBeInTheDocument()
  })

  it('has nothing that axe would find', async () => {
    const user = await arrive()
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } }
    const found = async () =>
      (await axe.run(document.body, { rules })).violations.map(({ id, nodes }) => [id, nodes[0]?.html])
    await user.click(screen.getByRole('button', { name: 'Ask several' }))
    expect(await found()).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Ask these' }))
    await user.type(desk(), 'What grows here?{Enter}')
    await group()
    expect(await found(), 'while they are written').toEqual([])
    await user.click(screen.getByRole('button', { name: 'Stop all' }))
    await screen.findByRole('button', { name: 'Send' })
    expect(await found(), 'and afterwards').toEqual([])
  }, 20_000)
})

describe('the model offered next', () => {
  const model = (name: string, favourite = false) => ({ serviceId: 's', name, favourite })

  it('is a favourite that is not there yet, else the next one', () => {
    const models = [model('a'), model('b', true), model('c')]
    expect(another(models, [{ serviceId: 's', model: 'a' }])?.model).toBe('b')
    expect(another(models, [{ serviceId: 's', model: 'b' }])?.model).toBe('a')
    expect(another([model('a')], [{ serviceId: 's', model: 'a' }])?.model, 'one can be asked twice').toBe('a')
    expect(another([], [])).toBeNull()
  })
})

describe('the answer that is gone on with', () => {
  it('is the first with words while nobody has chosen', () => {
    const said = (id: string, text: string) => ({ id, known: { view: { message: { text } } as never } })
    const columns = [said('a', ''), said('b', 'Words.'), said('c', 'More.')]
    expect(followedOf(columns, 'a', true)).toBe('b')
    expect(followedOf(columns, 'c', true)).toBe('c')
    expect(followedOf(columns, 'a', false), 'what follows shows which it was').toBe('a')
  })
})
