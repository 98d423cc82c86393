// What is attached: how closely a picture is looked at, and links for models that open them.
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeStore, fakeStore } from '../../../host/browser'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { chat } from '../chat.svelte'
import View from '../View.svelte'

async function arrive() {
  Object.assign(fakeStore, new FakeStore())
  router.welcome = 'shut'
  chat.begin(await begin())
  router.openConversation('roof')
  await chat.show('roof')
  render(View)
  return userEvent.setup()
}

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
})

describe('a picture', () => {
  it.each([
    ['Roughly', 'low'],
    ['Closely', 'high'],
  ])('is looked at %s', async (name, detail) => {
    const user = await arrive()
    await chat.attachments.paste([new File(['…'], 'roof.png')])
    await user.click(await screen.findByRole('button', { name: /^roof\.png, picture/ }))
    await waitFor(() => expect(fakeStore.attachments[0]?.state).toBe('kept'))
    const dialog = within(await screen.findByRole('dialog', { name: 'roof.png' }))
    const group = within(await dialog.findByRole('radiogroup', { name: 'How closely to look' }))
    expect(group.getByRole('radio', { name: 'Let the model decide' })).toBeChecked()
    await user.click(group.getByRole('radio', { name }))
    await waitFor(() => expect(fakeStore.attachments[0]?.detail).toBe(detail))
    expect(group.getByRole('radio', { name })).toBeChecked()
  })
})

describe('a link', () => {
  it('is offered only to models that open links', async () => {
    await arrive()
    expect(screen.queryByRole('button', { name: 'Add a link' })).toBeNull()
  })

  it('is added once it reads as an address', async () => {
    const user = await arrive()
    chat.pick({ serviceId: 'modelbox', model: 'gpt-4-all' })
    await user.click(await screen.findByRole('button', { name: 'Add a link' }))
    const dialog = within(screen.getByRole('dialog', { name: 'Add a link' }))
    const field = dialog.getByRole('textbox', { name: 'Address of the file' })
    const add = () => fireEvent.submit(field.closest('form')!)
    await fireEvent.input(field, { target: { value: 'my roof' } })
    await add()
    expect(field).toHaveAccessibleDescription('This does not read as a web address.')
    expect(fakeStore.attachments).toEqual([])
    await fireEvent.input(field, { target: { value: 'https://example.test/roof.pdf' } })
    await add()
    expect(await screen.findByRole('button', { name: /^https:.*roof\.pdf, / })).toBeVisible()
    expect(fakeStore.attachments).toMatchObject([
      { kind: 'link', source: 'https://example.test/roof.pdf', place: 'roof' },
    ])
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
