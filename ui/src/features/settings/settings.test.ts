import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeStore, fakeStore } from '../../host/browser'
import { about } from '../../state/about.svelte'
import { models } from '../../state/models.svelte'
import { router, type Section } from '../../state/router.svelte'
import { settings } from '../../state/settings.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import View from './View.svelte'

async function open(section: Section) {
  await begin()
  router.openSettings(section)
  render(View)
  return userEvent.setup()
}

const card = () => within(screen.getByRole('article', { name: 'ModelBox' }))

async function menu(user: ReturnType<typeof userEvent.setup>, item: string) {
  await user.click(card().getByRole('button', { name: 'More about ModelBox' }))
  await user.click(screen.getByRole('menuitem', { name: item }))
}

beforeEach(() => {
  Object.assign(fakeStore, new FakeStore())
  while (toasts.current) toasts.next()
})

describe('services', () => {
  it('show what they offer and where the key is, never the key', async () => {
    await open('services')
    expect(card().getByText(/key ends in 4f2a/)).toBeVisible()
    expect(card().getByRole('list', { name: 'What ModelBox offers' })).toHaveTextContent(
      /Meaning search\s+not checked/,
    )
  })

  it('are renamed', async () => {
    const user = await open('services')
    await menu(user, 'Rename')
    const name = screen.getByRole('textbox', { name: 'Name' })
    expect(name).toHaveFocus()
    await user.clear(name)
    await user.type(name, 'Work{Enter}')
    expect(await screen.findByRole('article', { name: 'Work' })).toBeVisible()
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('keep what is typed for Midjourney while they are looked at', async () => {
    const user = await open('services')
    await menu(user, 'Midjourney address')
    const name = 'Midjourney address'
    await user.type(await screen.findByRole('textbox', { name }), 'https://mj.example')
    const [service] = fakeStore.services
    fakeStore.tell({ kind: 'service', service: { ...service!, checkedAt: 1 } })
    await new Promise((go) => setTimeout(go, 50))
    expect(screen.getByRole('textbox', { name })).toHaveValue('https://mj.example')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(fakeStore.service(service!.id).midjourneyAddress).toBe('https://mj.example'))
  })

  it('get a new key, which the page forgets', async () => {
    const user = await open('services')
    await user.click(card().getByRole('button', { name: 'Replace key' }))
    const field = screen.getByLabelText('Key')
    await user.type(field, 'sk-made-up-99887766')
    await user.click(screen.getByRole('button', { name: 'Store the key' }))
    expect(await card().findByText(/key ends in 7766/)).toBeVisible()
    expect(document.body.innerHTML).not.toContain('sk-made-up-99887766')
  })

  it('keep a refused key in the field and say why', async () => {
    const user = await open('services')
    await user.click(card().getByRole('button', { name: 'Replace key' }))
    await user.type(screen.getByLabelText('Key'), 'wrong-000000{Enter}')
    expect(await screen.findByRole('alert')).toHaveTextContent('does not know this key')
    expect(screen.getByLabelText('Key')).toHaveValue('wrong-000000')
  })

  it('tell what was learnt, and forget it', async () => {
    const user = await open('services')
    await menu(user, 'Forget what was learnt')
    const dialog = within(screen.getByRole('dialog'))
    expect(await dialog.findByText('Does not take “top_k”')).toBeVisible()
    await user.click(dialog.getByRole('button', { name: 'Forget what was learnt' }))
    await waitFor(() => expect(toasts.current?.words).toBe('Medley will ask ModelBox afresh.'))
  })

  it('are asked about before they go', async () => {
    const user = await open('services')
    await menu(user, 'Remove')
    const dialog = within(screen.getByRole('dialog', { name: 'Remove ModelBox?' }))
    expect(dialog.getByRole('button', { name: 'Cancel' }), 'the safe button has the focus').toHaveFocus()
    await user.click(dialog.getByRole('button', { name: 'Remove' }))
    await waitFor(() => expect(screen.queryByRole('article', { name: 'ModelBox' })).toBeNull())
    expect(models.all.every((model) => model.serviceId === 'ollama')).toBe(true)
  })
})

describe('models', () => {
  it('are found by service and kind', async () => {
    const user = await open('models')
    await user.type(screen.getByRole('searchbox'), 'ollama chat')
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
    expect(screen.getByText('Llama 3.1 8B')).toBeVisible()
  })

  it('are starred and come first', async () => {
    const user = await open('models')
    await user.type(screen.getByRole('searchbox'), 'virtuoso')
    await user.click(screen.getByRole('button', { name: 'Favourite: Virtuoso Large' }))
    expect(
      await screen.findByRole('button', { name: 'Favourite: Virtuoso Large', pressed: true }),
    ).toBeVisible()
    await user.clear(screen.getByRole('searchbox'))
    expect(
      screen
        .getAllByRole('listitem')
        .slice(0, 4)
        .map((item) => item.textContent),
    ).toContainEqual(expect.stringContaining('Virtuoso Large'))
  })

  it('are added by name', async () => {
    const user = await open('models')
    await user.click(screen.getByRole('button', { name: 'Add by name' }))
    await user.type(screen.getByRole('textbox', { name: 'Name of the model' }), 'house/secret-one{Enter}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await user.type(screen.getByRole('searchbox'), 'secret-one')
    expect(await screen.findByText('house/secret-one')).toBeVisible()
  })
})

describe('appearance', () => {
  it('changes theme and text size at once and keeps them', async () => {
    const user = await open('appearance')
    await user.click(screen.getByRole('radio', { name: 'Dark' }))
    expect(document.documentElement.dataset.theme).toBe('dark')
    expect(fakeStore.settings.theme).toBe('dark')
    await settings.change({ textScale: 150 })
    expect(screen.getByRole('slider', { name: 'Text size' })).toHaveValue('150')
    expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1.5')
  })

  it('changes the language without a restart, and back', async () => {
    const user = await open('appearance')
    await user.click(screen.getByRole('combobox', { name: 'Language' }))
    await user.click(screen.getByRole('option', { name: '简体中文' }))
    expect(screen.getByRole('heading', { name: '外观' })).toBeVisible()
    expect(document.documentElement.lang).toBe('zh-CN')
    await settings.change({ language: 'en' })
    expect(await screen.findByRole('heading', { name: 'Appearance' })).toBeVisible()
  })
})

describe('privacy', () => {
  it('says nothing about this computer’s password safe while it is only a demonstration', async () => {
    await open('privacy')
    about.demo = true
    expect(await screen.findByText('The demonstration needs no key')).toBeVisible()
    about.demo = false
  })

  it('tells that titles are asked for, as long as they are', async () => {
    await open('privacy')
    const words = 'The beginning of a conversation, once more, for its title'
    expect(screen.getByText(words)).toBeVisible()
    await settings.change({ titlesByModel: false })
    expect(screen.queryByText(words)).toBeNull()
    await settings.change({ titlesByModel: true })
  })
})

describe('the recycle bin', () => {
  it('offers more only where there is more', async () => {
    fakeStore.talk('roof').conversation.deletedAt = Date.now()
    await open('bin')
    expect(await screen.findByText('Rooftop vegetable garden')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  it('gives conversations back', async () => {
    fakeStore.talk('roof').conversation.deletedAt = Date.now()
    const user = await open('bin')
    await user.click(await screen.findByRole('button', { name: 'Restore “Rooftop vegetable garden”' }))
    expect(fakeStore.talk('roof').conversation.deletedAt).toBeNull()
    expect(screen.queryByText('Rooftop vegetable garden')).toBeNull()
  })

  it('gives single messages and pictures back, and says where they were', async () => {
    const message = fakeStore.talk('roof').messages[0]
    const picture = fakeStore.pictures[0]
    if (!message || !picture) throw new Error('the samples are empty')
    message.deletedAt = Date.now()
    fakeStore.pictures = fakeStore.pictures.map((one) =>
      one.id === picture.id ? { ...one, deletedAt: Date.now() - 3 * 24 * 60 * 60 * 1000 } : one,
    )
    const user = await open('bin')
    const place = await screen.findByText('Message in “Rooftop vegetable garden” · Gone for good in 30 days')
    expect(screen.getByText('Picture · Gone for good in 27 days')).toBeVisible()
    const row = place.closest('li')
    if (!row) throw new Error('it has no row')
    await user.click(within(row).getByRole('button'))
    expect(message.deletedAt).toBeNull()
    await waitFor(() => expect(place).not.toBeInTheDocument())
    expect(toasts.current?.action?.label).toBe('Open')
  })

  it('is emptied only after a question', async () => {
    fakeStore.talk('roof').conversation.deletedAt = Date.now()
    const user = await open('bin')
    await user.click(await screen.findByRole('button', { name: 'Empty the recycle bin' }))
    await user.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Empty the recycle bin' }),
    )
    await waitFor(() => expect(fakeStore.talks.some(({ conversation: { id } }) => id === 'roof')).toBe(false))
  })
})
