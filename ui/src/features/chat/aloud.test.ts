import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../host'
import { FakeStore, fakeStore } from '../../host/browser'
import { problem } from '../../host/failure'
import { aloud } from '../../state/aloud.svelte'
import { router } from '../../state/router.svelte'
import { HASTE_MS } from '../../state/presses'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import Notices from '../../shell/Notices.svelte'
import { chat } from './chat.svelte'
import View from './View.svelte'

/** A person who got an answer. */
async function answered() {
  Object.assign(fakeStore, new FakeStore({}))
  const start = await begin()
  router.welcome = 'shut'
  chat.begin(start)
  render(View)
  const user = userEvent.setup()
  await user.type(screen.getByRole('textbox', { name: 'Message' }), 'What grows here?{Enter}')
  await screen.findByRole('button', { name: 'Send' }, { timeout: 4000 })
  return user
}

const log = () => within(screen.getByRole('log', { name: 'Conversation' }))
const read = () => log().findByRole('button', { name: 'Read aloud' }, { timeout: 4000 })
const stop = () => log().findByRole('button', { name: 'Stop reading aloud' })
const later = () => new Promise((go) => setTimeout(go, HASTE_MS + 50))

beforeEach(async () => {
  router.newConversation()
  await chat.show(null)
  while (toasts.current) toasts.next()
})
afterEach(async () => {
  vi.restoreAllMocks()
  await aloud.stop()
  await later()
})

describe('an answer', () => {
  it('is read aloud, stops, and goes on without being paid for again', async () => {
    const user = await answered()
    await user.click(await read())
    await stop()
    await waitFor(() => expect(fakeStore.playback.playing).toBe(true))
    expect(fakeStore.spoken).toMatchObject([{ text: '', voice: 'nova' }])
    expect(fakeStore.sounds[0]?.row).toMatchObject({ messageId: fakeStore.spoken[0]?.messageId })
    await later()
    await user.click(await stop())
    await waitFor(() => expect(fakeStore.playback.playing).toBe(false))
    await user.click(await read())
    await waitFor(() => expect(fakeStore.playback.playing).toBe(true))
    expect(fakeStore.spoken, 'what is here is played').toHaveLength(1)
  })

  it('is not asked for twice in haste', async () => {
    const user = await answered()
    await user.dblClick(await read())
    await stop()
    expect(fakeStore.spoken).toHaveLength(1)
  })

  it('that is not on the screen any more is stopped over the sheet', async () => {
    render(Notices)
    const user = await answered()
    await user.click(await read())
    await stop()
    expect(screen.getAllByRole('button', { name: 'Stop reading aloud' })).toHaveLength(1)
    router.newConversation()
    await chat.show(null)
    await user.click(await screen.findByRole('button', { name: 'Stop reading aloud' }))
    await waitFor(() => expect(fakeStore.playback.playing).toBe(false))
    expect(screen.queryByRole('button', { name: 'Stop reading aloud' })).toBeNull()
  })

  it('says why it is not read', async () => {
    const user = await answered()
    vi.spyOn(host.speech, 'speak').mockRejectedValueOnce(problem('nothing_to_send'))
    await user.click(await read())
    await waitFor(() => expect(toasts.current?.words).toBe('There is nothing in this answer to read aloud.'))
    await read()
    toasts.next()
    await later()
    vi.spyOn(host.speech, 'speakers').mockResolvedValueOnce([])
    await user.click(await read())
    await waitFor(() => expect(toasts.current?.words).toBe('None of your services reads aloud'))
    toasts.current?.action?.run()
    expect(router.place).toBe('settings')
  })
})
