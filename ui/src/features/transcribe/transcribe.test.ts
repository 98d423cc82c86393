import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../host'
import { FakeStore, fakeStore, type Scene } from '../../host/browser'
import { problem } from '../../host/failure'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import Side from './Side.svelte'
import { transcribe } from './transcribe.svelte'
import View from './View.svelte'

/** A person in the place "Transcribe". */
async function arrive(scene: Scene = {}) {
  Object.assign(fakeStore, new FakeStore(scene))
  await begin()
  router.welcome = 'shut'
  router.go('transcribe')
  await transcribe.renew()
  render(Side)
  render(View)
  await screen.findByRole('heading', { level: 1, name: 'New recording' })
  return userEvent.setup()
}

const text = () => within(screen.getByRole('region', { name: 'Transcript' }))
const player = () => within(screen.getByRole('region', { name: 'Player' }))
const says = (words: string | RegExp) => text().findByRole('button', { name: words })

/** Brings a file and waits until all of it is written down. */
async function written(user: ReturnType<typeof userEvent.setup>) {
  await user.click(screen.getAllByRole('button', { name: 'Choose files' })[0]!)
  await screen.findByRole('region', { name: 'Transcript' })
  await says(/Babciu/)
}

const tell = (positionMs: number) => {
  fakeStore.playback = { ...fakeStore.playback, positionMs }
  fakeStore.tell({ kind: 'playback', playback: fakeStore.playback })
}

beforeEach(() => {
  while (toasts.current) toasts.next()
})

afterEach(() => vi.restoreAllMocks())

describe('a file', () => {
  it('is done in the list however slowly its page is read', async () => {
    const user = await arrive()
    await written(user)
    const recording = transcribe.page!.recording
    const came = { ...recording.transcript!, kept: recording.transcript!.kept + 1 }
    const { page } = host.recordings
    vi.spyOn(host.recordings, 'page').mockImplementation(async (id, task) => {
      await new Promise((go) => setTimeout(go, 60))
      return page(id, task)
    })
    // The last part is here, and at once all is done.
    for (const state of ['running', 'done'] as const)
      fakeStore.tell({ kind: 'recording', recording: { ...recording, transcript: { ...came, state } } })
    await new Promise((go) => setTimeout(go, 200))
    const list = within(screen.getByRole('region', { name: 'Recordings and files' }))
    expect(list.queryByText('Waiting')).toBeNull()
  })

  it('becomes lines that follow the sound, and a press on one plays it', async () => {
    const user = await arrive()
    await written(user)
    await user.click(await says(/^As if it were/))
    expect(fakeStore.playback).toMatchObject({ playing: true, positionMs: 4000 })
    const line = (await says(/^As if it were/)).closest('.tline')
    expect(line).toHaveAttribute('aria-current', 'true')
    tell(4600)
    await waitFor(() => expect(line?.querySelector('b')).toHaveTextContent('if'))
    await user.click(player().getByRole('button', { name: 'Pause' }))
    expect(await player().findByRole('button', { name: 'Play' })).toBeVisible()
    await user.click(player().getByRole('button', { name: 'Back 5 seconds' }))
    expect(fakeStore.playback.positionMs).toBe(0)
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    })
    expect(violations.map(({ id }) => id)).toEqual([])
  })

  it('is corrected, split, joined, renamed, and everything is undone', async () => {
    const user = await arrive()
    await written(user)
    await user.click(text().getByRole('button', { name: 'Edit line at 0:04' }))
    const box = text().getByRole('textbox', { name: 'Text of the line at 0:04' })
    await waitFor(() => expect(box).toHaveFocus())
    await user.clear(box)
    await user.type(box, 'As if it were today.{Enter}')
    await says('As if it were today.')
    await user.click(text().getAllByRole('button', { name: 'Rename Speaker B' })[0]!)
    const dialog = within(screen.getByRole('dialog', { name: 'Who is this?' }))
    await user.clear(dialog.getByRole('textbox', { name: 'Name' }))
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Mrs Kowalska')
    await user.click(dialog.getByRole('button', { name: 'Rename' }))
    await waitFor(() =>
      expect(text().getAllByRole('button', { name: 'Rename Mrs Kowalska' })).toHaveLength(3),
    )
    await user.click(text().getByRole('button', { name: 'Edit line at 0:00' }))
    await user.click(text().getByRole('button', { name: 'Join with the next line' }))
    await says(/necklace was found\? As if it were today/)
    const undo = screen.getByRole('button', { name: 'Undo' })
    for (let step = 0; step < 3; step++) await user.click(undo)
    await says('As if it were yesterday. I was seven.')
    expect(text().getAllByRole('button', { name: 'Rename Speaker B' })).toHaveLength(3)
    await waitFor(() => expect(undo).toBeDisabled())
  })

  it('is searched, and words are replaced everywhere', async () => {
    const user = await arrive()
    await written(user)
    await user.type(screen.getByRole('searchbox', { name: 'Find in this transcript' }), 'nobody')
    expect(await screen.findByText('2 found')).toBeVisible()
    expect(document.querySelectorAll('.tline b')).toHaveLength(2)
    await user.type(screen.getByRole('textbox', { name: 'Replace with' }), 'No one')
    await user.click(screen.getByRole('button', { name: 'Replace all' }))
    await says('No one. The priest said a hundred years.')
    expect(toasts.current?.words).toBe('2 replaced.')
  })

  it('is taken out in the form that is chosen, with the names as they are shown', async () => {
    const user = await arrive()
    await written(user)
    await user.click(screen.getByRole('button', { name: 'Export' }))
    await user.click(screen.getByRole('menuitem', { name: /Word document/ }))
    await waitFor(() =>
      expect(fakeStore.savedTranscripts[0]).toMatchObject({ form: 'docx', names: { A: 'Speaker A' } }),
    )
  })

  it('stands in English beside what is said, and goes along with a question', async () => {
    const user = await arrive()
    await written(user)
    await user.click(screen.getByRole('button', { name: 'Translate to English' }))
    await waitFor(() => expect(fakeStore.heard).toHaveLength(2))
    expect(await screen.findByRole('radio', { name: 'English' })).toBeChecked()
    await says(/Babciu/)
    await user.click(screen.getByRole('radio', { name: 'As it is said' }))
    await user.click(await screen.findByRole('button', { name: 'Ask about this recording' }))
    await waitFor(() => expect(router.place).toBe('chat'))
    expect(fakeStore.attachments.map(({ name, place }) => [name, place])).toEqual([['Interview.txt', 'new']])
  })

  it('says why it cannot be had in English, and stays as it is', async () => {
    const user = await arrive()
    await written(user)
    transcribe.desk.scribes = transcribe.desk.scribes!.map((one) => ({ ...one, translates: false }))
    await user.click(await screen.findByRole('button', { name: 'Translate to English' }))
    expect(toasts.current?.words).toMatch(/^None of your services translates/)
    expect(fakeStore.heard).toHaveLength(1)
    expect(transcribe.page?.task).toBe('transcribe')
  })

  it('keeps what is typed in a line while another part comes', async () => {
    const user = await arrive()
    await written(user)
    await user.click(text().getByRole('button', { name: 'Edit line at 0:04' }))
    const box = text().getByRole('textbox', { name: 'Text of the line at 0:04' })
    await user.clear(box)
    await user.type(box, 'Half a sen')
    transcribe.lines.lay(
      transcribe.transcript!.id,
      transcribe.lines.all.map((line) => ({ ...line })),
    )
    await tick()
    expect(box).toHaveValue('Half a sen')
    await user.type(text().getByRole('textbox', { name: 'Who says this' }), 'ee')
    await user.click(text().getByRole('button', { name: 'Join with the next line' }))
    await says(/^Half a sen My mother washed/)
    expect(text().getByRole('button', { name: 'Rename Bee' })).toBeVisible()
  })

  it('that fails in the middle keeps what came, and goes on with another model', async () => {
    const user = await arrive()
    await user.click(screen.getAllByRole('button', { name: 'Choose files' })[0]!)
    fakeStore.recordings = fakeStore.recordings.map((it) => ({ ...it, row: { ...it.row, name: 'broken' } }))
    await screen.findByText('The recording is kept.')
    await says(/^As if it were/)
    await user.click(screen.getByRole('combobox', { name: 'Try again with' }))
    await user.click(screen.getByRole('option', { name: /diarize/ }))
    await says(/Babciu/)
    expect(fakeStore.recordings[0]?.row.transcript?.model).toBe('gpt-4o-transcribe-diarize')
  })
})

describe('a recording', () => {
  it('is armed when a hand comes near, runs, waits, and is written down at its end', async () => {
    const user = await arrive()
    await user.hover(screen.getByRole('button', { name: 'Record' }))
    expect(await screen.findByRole('meter', { name: 'Level' })).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Record' }))
    expect(await screen.findByRole('timer', { name: 'Recorded time' })).toBeVisible()
    const pause = screen.getByRole('button', { name: 'Pause' })
    await waitFor(() => expect(pause).toHaveFocus())
    const held = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, bubbles: true, cancelable: true })
    expect(pause.dispatchEvent(held), 'a key held down on "Record" presses nothing here').toBe(false)
    await user.click(pause)
    await user.click(await screen.findByRole('button', { name: 'Go on' }))
    await user.click(await screen.findByRole('button', { name: 'Stop' }))
    await says(/Babciu/)
    expect(fakeStore.heard).toHaveLength(1)
  })

  it('without a microphone says so, and what was torn is offered', async () => {
    const user = await arrive()
    transcribe.desk.set({ microphone: 'deaf' })
    await user.click(screen.getByRole('button', { name: 'Record' }))
    expect(await screen.findByText(/There is no microphone that Medley can use/)).toBeVisible()
    fakeStore.tell({
      kind: 'recorder',
      recorder: { ...fakeStore.recorder, problem: problem('microphone_lost') },
    })
    expect(await screen.findByText(/Everything up to then is kept/)).toBeVisible()
    transcribe.desk.set({ microphone: '' })
  })
})

describe('the list', () => {
  it('finds by words, renames, deletes and brings back', async () => {
    const user = await arrive()
    await written(user)
    await user.type(screen.getByRole('searchbox', { name: 'Search recordings' }), 'babciu')
    await user.click(await screen.findByRole('button', { name: 'More about “Interview”' }))
    await user.click(screen.getByRole('menuitem', { name: 'Delete' }))
    expect(await screen.findByText('No recording says “babciu”.')).toBeVisible()
    toasts.current?.action?.run()
    expect(await screen.findByRole('link', { name: /^Interview/ })).toBeVisible()
  })

  it('says what stands in the way where nobody writes down', async () => {
    await arrive({ first: true })
    expect(await screen.findByText(/Nothing is connected yet/)).toBeVisible()
  })
})
