// Functions of one's own, written in the form; and what is typed in about services and GPTs.
import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeStore, fakeStore } from '../../host/browser'
import { router, type Section } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import { tools } from '../../state/tools.svelte'
import View from './View.svelte'

async function open(section: Section) {
  await begin()
  await tools.reload()
  router.openSettings(section)
  render(View)
  return userEvent.setup()
}

beforeEach(() => {
  Object.assign(fakeStore, new FakeStore())
  while (toasts.current) toasts.next()
})

const own = (name: string) => fakeStore.tools.find((tool) => tool.name === name)

describe('a new function', () => {
  it('is written in a form', async () => {
    const user = await open('tools')
    await user.click(screen.getByRole('button', { name: 'New function' }))
    const form = within(screen.getByRole('dialog', { name: 'New function' }))
    const keep = form.getByRole('button', { name: 'Keep' })
    expect(keep, 'it needs a name').toBeDisabled()
    await user.type(form.getByRole('textbox', { name: 'Name' }), 'get_tide')
    await user.type(form.getByRole('textbox', { name: 'What it is for' }), 'Says when the tide is high.')
    await user.click(form.getByRole('button', { name: 'Add a value' }))
    await user.type(form.getByRole('textbox', { name: 'Name of the value' }), 'harbour')
    await user.type(form.getByRole('textbox', { name: 'What the value means' }), 'Where')
    await user.click(form.getByRole('button', { name: 'Add a value' }))
    await user.type(form.getAllByRole('textbox', { name: 'Name of the value' })[1]!, 'days')
    await user.click(form.getAllByRole('checkbox', { name: 'needed' })[1]!)
    await user.click(keep)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(own('get_tide')).toMatchObject({ description: 'Says when the tide is high.', policy: 'ask' })
    expect(JSON.parse(own('get_tide')!.parameters)).toMatchObject({
      type: 'object',
      properties: { harbour: { type: 'string', description: 'Where' }, days: { type: 'string' } },
      required: ['harbour'],
    })
    expect(screen.getByText('get_tide')).toBeVisible()
  })

  it('says what is wrong with its name, and keeps what was typed', async () => {
    const user = await open('tools')
    await user.click(screen.getByRole('button', { name: 'New function' }))
    const form = within(screen.getByRole('dialog', { name: 'New function' }))
    const name = form.getByRole('textbox', { name: 'Name' })
    await user.type(name, 'weather')
    await user.click(form.getByRole('button', { name: 'Keep' }))
    await waitFor(() => expect(name).toBeInvalid())
    expect(name).toHaveValue('weather')
    expect(
      fakeStore.tools.filter((tool) => tool.name === 'weather'),
      'it is not replaced',
    ).toHaveLength(1)
  })

  it('is written as JSON too', async () => {
    const user = await open('tools')
    await user.click(screen.getByRole('button', { name: 'New function' }))
    const form = within(screen.getByRole('dialog', { name: 'New function' }))
    await user.type(form.getByRole('textbox', { name: 'Name' }), 'free')
    await user.click(form.getByRole('button', { name: 'As JSON' }))
    const box = form.getByRole('textbox', { name: 'What it takes' })
    await user.clear(box)
    await user.paste('{"type":"object","properties":{"a":{"enum":[1,2]}}}')
    await user.click(form.getByRole('button', { name: 'Keep' }))
    await waitFor(() => expect(own('free')?.parameters).toContain('"enum":[1,2]'))
  })
})

it('a service takes files at an address that is entered, and no more where that is emptied', async () => {
  const user = await open('services')
  const card = () => within(screen.getByRole('article', { name: 'ModelBox' }))
  const change = async (address: string) => {
    await user.click(card().getByRole('button', { name: 'More about ModelBox' }))
    await user.click(screen.getByRole('menuitem', { name: 'Upload address' }))
    const field = within(screen.getByRole('dialog', { name: 'Upload address' })).getByRole('textbox', {
      name: 'Upload address',
    })
    await user.clear(field)
    await user.type(field, `${address}{Enter}`)
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  }
  await change('https://files.example.test/upload')
  expect(fakeStore.service('modelbox').uploadAddress).toBe('https://files.example.test/upload')
  await change('')
  expect(fakeStore.service('modelbox').uploadAddress).toBe('')
})

it('a GPT is asked for by what its service puts before it', async () => {
  const user = await open('models')
  await user.click(screen.getByRole('button', { name: 'Use a GPT' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Use a GPT' }))
  await user.type(
    dialog.getByRole('textbox', { name: 'Address of the GPT' }),
    'https://chatgpt.com/g/g-AbC123-logo-maker',
  )
  const prefix = await dialog.findByRole('textbox', { name: 'Your service puts before it' })
  expect(prefix).toHaveValue('gpt-4-gizmo-')
  await user.clear(prefix)
  await user.type(prefix, 'gizmo/')
  expect(prefix).toHaveAccessibleDescription('It is asked for as gizmo/g-AbC123.')
  await user.click(dialog.getByRole('button', { name: 'Use it' }))
  await waitFor(() =>
    expect(fakeStore.models.find((model) => model.name === 'gizmo/g-AbC123')).toMatchObject({
      label: 'logo maker',
      favourite: true,
    }),
  )
})
