import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { createRawSnippet } from 'svelte'
import { describe, expect, it, vi } from 'vitest'
import Banner from './Banner.svelte'
import Button from './Button.svelte'
import { choicesFor } from './choices'
import Combobox from './Combobox.svelte'
import MenuButton from './MenuButton.svelte'

const words = (text: string) => createRawSnippet(() => ({ render: () => `<span>${text}</span>` }))
const models = Array.from({ length: 2000 }, (_, index) => ({ id: `m${index}`, label: `Model ${index}` }))

describe('a combobox', () => {
  function open(props = {}) {
    const onchoose = vi.fn()
    render(Combobox, {
      label: 'Model',
      choices: models,
      value: 'm3',
      onchoose,
      search: 'Search models',
      ...props,
    })
    return { onchoose, user: userEvent.setup(), button: screen.getByRole('combobox', { name: 'Model' }) }
  }

  it('says what is chosen and that it is shut', () => {
    const { button } = open()
    expect(button).toHaveTextContent('Model 3')
    expect(button).toHaveAttribute('aria-expanded', 'false')
  })

  it('draws few of many rows', async () => {
    const { user, button } = open()
    await user.click(button)
    expect(screen.getAllByRole('option').length).toBeLessThan(100)
  })

  it('puts the focus into the search, moves by arrows and takes by Enter', async () => {
    const { user, button, onchoose } = open()
    await user.click(button)
    expect(screen.getByRole('searchbox', { name: 'Search models' })).toHaveFocus()
    await user.keyboard('model 19{ArrowDown}{Enter}')
    expect(onchoose).toHaveBeenCalledWith('m190')
    expect(button, 'the focus goes back').toHaveFocus()
    expect(button).toHaveAttribute('aria-expanded', 'false')
  })

  it('shuts by Escape and changes nothing', async () => {
    const { user, button, onchoose } = open()
    await user.click(button)
    await user.keyboard('{ArrowDown}{Escape}')
    expect(onchoose).not.toHaveBeenCalled()
    expect(button).toHaveFocus()
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('takes words that are no choice', async () => {
    const use = vi.fn()
    const { user, button } = open({ typedIn: { words: (typed: string) => `Use “${typed}”`, use } })
    await user.click(button)
    await user.keyboard('house-model')
    expect(screen.getByRole('option', { name: 'Use “house-model”' })).toBeVisible()
    await user.keyboard('{Enter}')
    expect(use).toHaveBeenCalledWith('house-model')
  })

  it('shuts when the focus walks on, and leaves it where it went', async () => {
    const { user, button } = open()
    const elsewhere = document.body.appendChild(document.createElement('button'))
    await user.click(button)
    elsewhere.focus()
    await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull())
    expect(elsewhere).toHaveFocus()
    elsewhere.remove()
  })

  it('says when nothing is found', async () => {
    const { user, button } = open({ nothing: 'No such model.' })
    await user.click(button)
    await user.keyboard('zzz')
    expect(screen.getByRole('status')).toHaveTextContent('No such model.')
  })

  it('sets a star by key without shutting', async () => {
    const toggle = vi.fn()
    const choices = [{ id: 'a', label: 'Anna', starred: false }]
    const { user, button } = open({ choices, value: null, star: { on: 'Star', off: 'No star', toggle } })
    await user.click(button)
    await user.keyboard('{Alt>}s{/Alt}')
    expect(toggle).toHaveBeenCalledWith('a')
    expect(button).toHaveAttribute('aria-expanded', 'true')
  })
})

describe('finding choices', () => {
  const choices = [
    { id: 'x/ecole', label: 'École' },
    { id: 'gpt-4o', label: 'GPT-4o', note: 'OpenRouter' },
    { id: 'mini', label: 'Mini GPT' },
  ]

  it.each([
    ['ecole', ['École']],
    ['gpt', ['GPT-4o', 'Mini GPT']],
    ['open 4o', ['GPT-4o']],
    ['  ', ['École', 'GPT-4o', 'Mini GPT']],
  ])('“%s”', (typed, found) => {
    expect(choicesFor(choices, typed).map((choice) => choice.label)).toEqual(found)
  })
})

describe('a menu', () => {
  function open() {
    const run = { rename: vi.fn(), remove: vi.fn() }
    const items = [
      { label: 'Rename', run: run.rename },
      { label: 'Pin', disabled: true, run: vi.fn() },
      { label: 'Remove', run: run.remove },
    ]
    render(MenuButton, { label: 'More', items })
    return { run, user: userEvent.setup(), button: screen.getByRole('button', { name: 'More' }) }
  }

  it('moves by arrows, round the end', async () => {
    const { user, button } = open()
    await user.click(button)
    await waitFor(() => expect(screen.getByRole('menuitem', { name: 'Rename' })).toHaveFocus())
    await user.keyboard('{ArrowUp}')
    expect(screen.getByRole('menuitem', { name: 'Remove' })).toHaveFocus()
  })

  it('runs by Enter and gives the focus back', async () => {
    const { user, button, run } = open()
    await user.click(button)
    await waitFor(() => expect(screen.getByRole('menuitem', { name: 'Rename' })).toHaveFocus())
    await user.keyboard('{End}{Enter}')
    expect(run.remove).toHaveBeenCalledOnce()
    expect(button).toHaveFocus()
  })

  it('shuts by Escape', async () => {
    const { user, button } = open()
    await user.click(button)
    await waitFor(() => expect(screen.getByRole('menuitem', { name: 'Rename' })).toHaveFocus())
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('menu')).toBeNull()
    expect(button).toHaveFocus()
  })
})

describe('a button at work', () => {
  it('keeps the focus and ignores presses', async () => {
    const onclick = vi.fn()
    render(Button, { busy: true, onclick, children: words('Connecting') })
    const button = screen.getByRole('button', { name: 'Connecting' })
    await userEvent.setup().click(button)
    expect(button).toHaveAttribute('aria-busy', 'true')
    expect(button).toHaveFocus()
    expect(onclick).not.toHaveBeenCalled()
  })
})

describe('a banner', () => {
  it('is read out, acts, and copies its details', async () => {
    const [run, copy] = [vi.fn(), vi.fn(() => Promise.resolve())]
    render(Banner, {
      words: 'It broke.',
      kept: 'Your text is kept.',
      action: { label: 'Try again', run },
      details: 'code: cut',
      copy,
      failed: vi.fn(),
    })
    const user = userEvent.setup()
    expect(screen.getByRole('alert')).toHaveTextContent('It broke. Your text is kept.')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(run).toHaveBeenCalledOnce()
    await user.click(screen.getByText('Details'))
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    expect(copy).toHaveBeenCalledWith('code: cut')
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeVisible()
  })
})
