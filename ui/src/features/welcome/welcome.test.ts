import { render, screen, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../host'
import { FakeStore, fakeStore } from '../../host/browser'
import { router } from '../../state/router.svelte'
import { services } from '../../state/services.svelte'
import { begin } from '../../state/start'
import Welcome from './Welcome.svelte'

const KEY = 'sk-made-up-0123456789'

/** A person who starts Medley for the first time. */
async function arrive(scene = {}) {
  Object.assign(fakeStore, new FakeStore({ first: true, ...scene }))
  await begin()
  render(Welcome)
  const dialog = within(await screen.findByRole('dialog', { name: 'Welcome' }))
  return { user: userEvent.setup(), dialog }
}

async function toForm(scene = {}) {
  const { user, dialog } = await arrive(scene)
  await user.click(dialog.getByRole('button', { name: 'Connect a service' }))
  return { user, dialog, key: () => dialog.getByLabelText<HTMLInputElement>('Key') }
}

beforeEach(() => {
  router.welcome = 'start'
})

describe('the ways in', () => {
  it('are two, with the focus on the first', async () => {
    const { dialog } = await arrive()
    expect(dialog.getByRole('button', { name: 'Connect a service' })).toHaveFocus()
    expect(dialog.getByRole('button', { name: 'Try it without a key' })).toBeVisible()
    expect(dialog.queryByRole('button', { name: 'Use the models on this computer' })).toBeNull()
  })

  it('are three when a server answers on this computer', async () => {
    const { user, dialog } = await arrive({ local: true })
    const way = await dialog.findByRole('button', { name: 'Use the models on this computer' })
    expect(way).toHaveAccessibleDescription('Ollama answers here, with 3 models')
    await user.click(way)
    expect(await dialog.findByRole('heading', { name: 'Ollama is connected' })).toBeVisible()
  })

  it('lead into the demonstration', async () => {
    const enter = vi.spyOn(host, 'enterDemo').mockResolvedValue()
    const { user, dialog } = await arrive()
    await user.click(dialog.getByRole('button', { name: 'Try it without a key' }))
    expect(enter).toHaveBeenCalledOnce()
  })

  it('speak another language at once', async () => {
    const { user, dialog } = await arrive()
    await user.click(dialog.getByRole('combobox', { name: 'Language' }))
    await user.click(screen.getByRole('option', { name: '简体中文' }))
    expect(dialog.getByRole('button', { name: '连接服务' })).toBeVisible()
    await user.click(dialog.getByRole('combobox', { name: '语言' }))
    await user.click(screen.getByRole('option', { name: 'English' }))
  })
})

describe('connecting', () => {
  it('takes a preset and a key, shows what was found, and keeps no key', async () => {
    const { user, dialog, key } = await toForm()
    expect(key(), 'a real password field').toHaveAttribute('type', 'password')
    await user.click(dialog.getByRole('combobox', { name: 'Service' }))
    await user.click(screen.getByRole('option', { name: 'Arcee' }))
    expect(dialog.getByRole('textbox', { name: 'Address' })).toHaveValue('https://api.arcee.ai/api/v1')
    await user.type(key(), KEY)
    await user.click(dialog.getByRole('button', { name: 'Connect' }))
    expect(await dialog.findByRole('heading', { name: 'Arcee is connected' })).toBeVisible()
    expect(dialog.getByRole('list', { name: 'What Arcee offers' })).toHaveTextContent(/Chat.*works/)
    expect(document.body.innerHTML, 'the key is nowhere on the page').not.toContain(KEY)
    await user.click(dialog.getByRole('button', { name: 'Start' }))
    expect(router.welcome).toBe('shut')
    expect(services.current?.name).toBe('Arcee')
  })

  it('puts a refused key in plain words and lets it be put right', async () => {
    const { user, dialog, key } = await toForm()
    await user.type(key(), 'wrong-0123456789')
    await user.click(dialog.getByRole('button', { name: 'Connect' }))
    expect(await dialog.findByRole('alert')).toHaveTextContent('does not know this key')
    await user.click(dialog.getByRole('button', { name: 'Replace key' }))
    expect(key(), 'the field waits for the right one').toHaveFocus()
    await user.clear(key())
    await user.type(key(), KEY)
    await user.click(dialog.getByRole('button', { name: 'Connect' }))
    expect(await dialog.findByRole('heading', { name: 'ModelBox is connected' })).toBeVisible()
  })

  it('offers to keep the key in memory where there is no keychain', async () => {
    const { user, dialog, key } = await toForm()
    await user.type(key(), 'locked-0123456789')
    await user.click(dialog.getByRole('button', { name: 'Connect' }))
    await user.click(await dialog.findByRole('button', { name: 'Keep the key until I quit' }))
    expect(await dialog.findByRole('heading', { name: 'ModelBox is connected' })).toBeVisible()
    expect(services.current?.key.place).toBe('memory')
  })

  it('says what an address will be read as', async () => {
    const { user, dialog } = await toForm()
    const address = dialog.getByRole('textbox', { name: 'Address' })
    await user.clear(address)
    await user.type(address, 'api.gptnb.me')
    expect(await dialog.findByText('Put right for you: https://api.gptnb.me/v1')).toBeVisible()
    expect(dialog.getByRole('combobox', { name: 'Service' })).toHaveTextContent('GPTNB')
  })

  it('spreads a pasted block over the fields', async () => {
    const { user, dialog, key } = await toForm()
    await user.click(key())
    await user.paste(`接口地址：https://api.modelless.co\n密钥：${KEY}`)
    expect(dialog.getByRole('textbox', { name: 'Address' })).toHaveValue('https://api.modelless.co')
    expect(key()).toHaveValue(KEY)
    expect(dialog.getByRole('combobox', { name: 'Service' })).toHaveTextContent('Modelless')
  })

  it('goes back without losing the way', async () => {
    const { user, dialog } = await toForm()
    await user.click(dialog.getByRole('button', { name: 'Back' }))
    expect(dialog.getByRole('button', { name: 'Try it without a key' })).toBeVisible()
  })
})
