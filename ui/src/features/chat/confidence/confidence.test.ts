import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, expect, it } from 'vitest'
import { FakeStore, fakeStore } from '../../../host/browser'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { chat } from '../chat.svelte'
import Side from '../Side.svelte'
import View from '../View.svelte'
import { isShown, toggle } from './shown.svelte'

const SHOW = { name: 'Show how sure it was' }
const group = () => screen.findByRole('group', { name: 'The answer, word by word' })
const instead = () => screen.queryByRole('group', { name: 'What could have stood here' })

async function arrive(title: string) {
  Object.assign(fakeStore, new FakeStore())
  router.welcome = 'shut'
  chat.begin(await begin())
  render(Side)
  render(View)
  const user = userEvent.setup()
  await user.click(within(screen.getByRole('list', { name: 'Conversations' })).getByText(title))
  return user
}

beforeEach(async () => {
  if (isShown('measured-2')) toggle('measured-2')
  router.newConversation()
  await chat.show(null)
})

it('is offered only where it is known', async () => {
  await arrive('Rooftop vegetable garden')
  await screen.findByRole('button', { name: 'Copy code' })
  expect(screen.queryByRole('button', SHOW)).toBeNull()
})

it('shows the answer word by word, tinted and underlined, and goes back', async () => {
  const user = await arrive('How sure is it?')
  const show = await screen.findByRole('button', SHOW)
  await user.click(show)
  const words = await group()
  expect(words).toHaveTextContent('The Loire, 河流, reaches the sea.')
  expect(within(words).getByRole('button', { name: 'Loire,' })).toHaveClass('w--guess')
  expect(screen.getByText(/^72% sure of each word, on average: fairly sure/)).toBeInTheDocument()
  const legend = within(screen.getByRole('list', { name: 'What the marks mean' }))
  expect(legend.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
    'sure',
    'fairly sure',
    'unsure',
    'a guess',
  ])
  expect(show).toHaveAttribute('aria-pressed', 'true')
  await user.click(show)
  expect(screen.queryByRole('group', { name: 'The answer, word by word' })).toBeNull()
})

it('is one stop, walked with arrows, and each word says what else was thought of', async () => {
  const user = await arrive('How sure is it?')
  await user.click(await screen.findByRole('button', SHOW))
  const words = within(await group())
  const stops = () => words.getAllByRole('button').filter((word) => word.tabIndex === 0)
  await waitFor(() => expect(stops()).toHaveLength(1))
  stops()[0]!.focus()
  await user.keyboard('{ArrowRight}')
  const loire = words.getByRole('button', { name: 'Loire,' })
  await waitFor(() => expect(loire).toHaveFocus())
  expect(stops(), 'still one stop').toEqual([loire])
  const guesses = within((await waitFor(() => instead()))!)
  const items = await guesses.findAllByRole('listitem')
  expect(items.map((item) => item.textContent.trim())).toEqual(['Loire, 50%', 'Seine 25%', 'line break 17%'])
  expect(loire).toHaveAttribute('aria-describedby', instead()!.id)
  await user.keyboard('{Escape}')
  await waitFor(() => expect(instead()).toBeNull())
  expect(loire, 'the focus stays').toHaveFocus()
  await user.keyboard('{ArrowDown}')
  await waitFor(() =>
    expect(words.getByRole('button', { name: '河流,' }), 'the next doubtful one').toHaveFocus(),
  )
  await user.keyboard('{Home}')
  await waitFor(() => expect(words.getByRole('button', { name: 'The' })).toHaveFocus())
})

it('shows what else was thought of where the pointer rests', async () => {
  const user = await arrive('How sure is it?')
  await user.click(await screen.findByRole('button', SHOW))
  await user.hover(within(await group()).getByRole('button', { name: 'Loire,' }))
  await waitFor(() => expect(instead()).not.toBeNull())
  await user.keyboard('{Escape}')
  await waitFor(() => expect(instead(), 'also without moving the pointer').toBeNull())
})

it('has nothing that axe would find', async () => {
  const user = await arrive('How sure is it?')
  await user.click(await screen.findByRole('button', SHOW))
  const words = await group()
  within(words).getByRole('button', { name: 'Loire,' }).focus()
  await waitFor(() => expect(instead()).not.toBeNull())
  const found = await axe.run(document.body, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))])).toEqual(
    [],
  )
})
