import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../host'
import { problem } from '../../host/failure'
import { FakeStore, fakeStore, type Scene } from '../../host/browser'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import Side from './Side.svelte'
import { speech } from './speech.svelte'
import View from './View.svelte'

const TEXT = 'One is here. Two is here. Three is here. Four is here. Five is here.'

/** A person in the place "Speech". */
async function arrive(scene: Scene = {}) {
  Object.assign(fakeStore, new FakeStore(scene))
  await begin()
  router.welcome = 'shut'
  router.go('speech')
  await speech.renew()
  render(Side)
  render(View)
  await screen.findByRole('heading', { level: 1, name: 'Speech' })
  return userEvent.setup()
}

const box = () => screen.getByRole('textbox', { name: 'Text' })
const speak = () => screen.getByRole('button', { name: 'Speak' })
const player = () => within(screen.getByRole('region', { name: 'Player' }))
const says = (name: string) => screen.getByRole('button', { name })

/** Types a text and has it read aloud to its end. */
async function spoken(user: ReturnType<typeof userEvent.setup>, text = TEXT) {
  await user.type(box(), text)
  await user.click(speak())
  await screen.findByRole('region', { name: 'Player' }, { timeout: 5000 })
}

const tell = (positionMs: number) => {
  fakeStore.playback = { ...fakeStore.playback, positionMs }
  fakeStore.tell({ kind: 'playback', playback: fakeStore.playback })
}

beforeEach(() => {
  while (toasts.current) toasts.next()
})

describe('reading aloud', () => {
  it('plays at once, lights the sentence that is spoken, and jumps where one presses', async () => {
    const user = await arrive()
    await spoken(user)
    expect(player().getByRole('button', { name: 'Pause' })).toBeVisible()
    await waitFor(() => expect(says('Five is here.')).not.toHaveAttribute('aria-disabled'))
    tell(2100)
    await waitFor(() => expect(says('Two is here.')).toHaveAttribute('aria-current', 'true'))
    expect(document.querySelector('.said b')).toHaveTextContent('Two')
    await user.click(says('Four is here.'))
    await waitFor(() => expect(says('Four is here.')).toHaveAttribute('aria-current', 'true'))
    await user.click(player().getByRole('button', { name: 'Next sentence' }))
    await waitFor(() => expect(says('Five is here.')).toHaveAttribute('aria-current', 'true'))
    await user.click(player().getByRole('button', { name: 'Pause' }))
    expect(await player().findByRole('button', { name: 'Play' })).toBeVisible()
    expect(player().getByRole('slider', { name: 'Position' })).toHaveAttribute(
      'aria-valuetext',
      '0:08 of 0:10',
    )
  })

  it('sends what was chosen and nothing that the model does not take', async () => {
    const user = await arrive()
    expect(screen.queryByRole('textbox', { name: 'Instructions' }), 'it takes none').toBeNull()
    await user.click(screen.getByRole('combobox', { name: 'Made with' }))
    await user.click(screen.getByRole('option', { name: /gpt-4o-mini-tts/ }))
    await user.type(screen.getByRole('textbox', { name: 'Instructions' }), 'Whisper')
    await user.click(screen.getByRole('combobox', { name: 'Voice' }))
    await user.click(screen.getByRole('option', { name: /Marin/ }))
    await user.click(screen.getByRole('combobox', { name: 'Format' }))
    await user.click(screen.getByRole('option', { name: /WAV/ }))
    await spoken(user)
    expect(fakeStore.spoken).toMatchObject([
      {
        model: 'gpt-4o-mini-tts',
        voice: 'marin',
        text: TEXT,
        options: { speed: null, format: 'wav', instructions: 'Whisper' },
      },
    ])
  })

  it('keeps what is typed', async () => {
    const user = await arrive()
    await user.type(box(), 'Half a thought')
    await waitFor(() => expect(fakeStore.speechDraft).toContain('Half a thought'))
  })

  it('says what went wrong, and goes on with what is missing', async () => {
    const user = await arrive()
    await spoken(user, `${TEXT} It is cut.`)
    expect(await player().findByText(/The connection broke in the middle\./)).toBeVisible()
    expect(says('Four is here.')).toHaveAttribute('aria-disabled', 'true')
    await user.click(player().getByRole('button', { name: 'Continue' }))
    await waitFor(() => expect(says('Four is here.')).not.toHaveAttribute('aria-disabled'))
    expect(player().queryByText(/The connection broke in the middle\./)).toBeNull()
  })

  it('says that what was stopped too late may be paid for', async () => {
    const user = await arrive()
    await spoken(user)
    await waitFor(() => expect(says('Five is here.')).not.toHaveAttribute('aria-disabled'))
    const row = fakeStore.sounds[0]?.row
    if (!row) throw new Error('nothing was spoken')
    const stopped = { ...row, state: 'stopped' as const, kept: 1, problem: problem('cancelled_late') }
    fakeStore.tell({ kind: 'sound', sound: stopped })
    expect(await player().findByText(/may still be paid for/)).toBeVisible()
    expect(player().getByRole('button', { name: 'Go on' })).toBeVisible()
    expect(player().queryByRole('button', { name: 'Try again' }), 'one way on is enough').toBeNull()
  })

  it('lets the position be dragged while it plays', async () => {
    const user = await arrive()
    await spoken(user)
    await waitFor(() => expect(says('Five is here.')).not.toHaveAttribute('aria-disabled'))
    const slider = player().getByRole<HTMLInputElement>('slider', { name: 'Position' })
    await fireEvent.input(slider, { target: { value: '6000' } })
    tell(2100)
    await waitFor(() => expect(says('Two is here.')).toHaveAttribute('aria-current', 'true'))
    expect(slider.value, 'the hand holds it').toBe('6000')
    await fireEvent.change(slider)
    await waitFor(() => expect(fakeStore.playback.positionMs).toBe(6000))
    tell(6100)
    await waitFor(() => expect(slider.value).toBe('6100'))
  })

  it('speaks only what is seen', async () => {
    const user = await arrive()
    await spoken(user)
    expect(screen.queryByRole('button', { name: 'Speak' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'New text' }))
    vi.spyOn(host.speech, 'sound').mockRejectedValueOnce(new Error('busy'))
    const play = vi.spyOn(host.player, 'play')
    await user.type(box(), 'Another text.')
    await new Promise((go) => setTimeout(go, 750))
    await user.click(speak())
    await waitFor(() => expect(fakeStore.spoken).toHaveLength(2))
    expect(play, 'the sound that was open before is not played in its place').not.toHaveBeenCalled()
    vi.restoreAllMocks()
  })

  it('gives back the text that was replaced', async () => {
    const user = await arrive()
    await user.type(box(), 'Half a thought')
    await user.click(screen.getByRole('button', { name: 'New text' }))
    expect(box()).toHaveValue('')
    expect(toasts.current?.words).toBe('The text you were writing was replaced.')
    toasts.current?.action?.run()
    await waitFor(() => expect(box()).toHaveValue('Half a thought'))
  })

  it('leaves the hand on the text when it was spoken with the keyboard', async () => {
    const user = await arrive()
    await user.type(box(), TEXT)
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(says('One is here.')).toHaveFocus())
  })

  it('shows what was opened last, whichever answers first', async () => {
    const user = await arrive()
    await spoken(user)
    await waitFor(() => expect(says('Five is here.')).not.toHaveAttribute('aria-disabled'))
    const page = speech.page
    if (!page) throw new Error('nothing is open')
    const slow = { ...page, sound: { ...page.sound, id: 'slow' } }
    let answer: (late: NonNullable<typeof page>) => void = () => {}
    vi.spyOn(host.speech, 'sound').mockReturnValueOnce(new Promise((go) => (answer = go)))
    const first = speech.open('slow')
    expect(await speech.open(page.sound.id)).toBe(true)
    answer(slow)
    expect(await first).toBe(false)
    expect(speech.page?.sound.id).toBe(page.sound.id)
    vi.restoreAllMocks()
  })

  it('says when a saved file is only the beginning', async () => {
    const user = await arrive()
    await spoken(user, `${TEXT} It is cut.`)
    await player().findByText(/The connection broke in the middle\./)
    await user.click(player().getByRole('button', { name: 'Export' }))
    await waitFor(() => expect(toasts.current?.words).toMatch(/The rest is missing in the file/))
  })

  it('says when there is no loudspeaker', async () => {
    const user = await arrive()
    await spoken(user, 'This is mute.')
    expect(await player().findByText(/There is no loudspeaker/)).toBeVisible()
    expect(player().getByRole('button', { name: 'Try again' })).toBeVisible()
  })

  it('leads out where nobody reads aloud', async () => {
    await arrive({ first: true })
    expect(await screen.findByText('Nothing is connected yet')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Speak' })).toBeNull()
  })
})

describe('what was spoken before', () => {
  it('is found, renamed, deleted and brought back', async () => {
    const user = await arrive()
    await spoken(user)
    const list = within(await screen.findByRole('region', { name: 'Speech made before' }))
    await user.click(list.getByRole('button', { name: /^More about/ }))
    await user.click(screen.getByRole('menuitem', { name: 'Rename' }))
    const name = await screen.findByRole('textbox', { name: 'Name' })
    await user.clear(name)
    await user.type(name, 'Numbers')
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Rename' }))
    expect(await list.findByRole('link', { name: /^Numbers/ })).toBeVisible()
    const search = screen.getByRole('searchbox', { name: 'Search speech' })
    await user.type(search, 'nothing like it')
    expect(await list.findByText('Nothing spoken says “nothing like it”.')).toBeVisible()
    await user.clear(search)
    const row = await list.findByRole('link', { name: /^Numbers/ })
    row.focus()
    await user.keyboard('{Delete}')
    await waitFor(() => expect(list.queryByRole('link', { name: /^Numbers/ })).toBeNull())
    expect(screen.queryByRole('region', { name: 'Player' })).toBeNull()
    toasts.current?.action?.run()
    expect(await list.findByRole('link', { name: /^Numbers/ })).toBeVisible()
  })

  it('is open to everybody', async () => {
    const user = await arrive()
    await spoken(user)
    await waitFor(() => expect(says('Five is here.')).not.toHaveAttribute('aria-disabled'))
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    })
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })
})
