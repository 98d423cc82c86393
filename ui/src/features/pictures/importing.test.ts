import { render, screen, waitFor } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { tick } from 'svelte'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Imported } from '../../bindings/Imported'
import { host } from '../../host'
import { FakeStore, fakeStore, type Scene } from '../../host/browser'
import { problem } from '../../host/failure'
import { router } from '../../state/router.svelte'
import { begin } from '../../state/start'
import { toasts } from '../../state/toasts.svelte'
import { EVERYTHING } from './gallery.svelte'
import { pictures } from './pictures.svelte'
import View from './View.svelte'

async function arrive(scene: Scene = {}) {
  Object.assign(fakeStore, new FakeStore(scene))
  await begin()
  router.welcome = 'shut'
  router.openPicture(null)
  await pictures.begin()
  await pictures.gallery.look(EVERYTHING)
  await pictures.renew()
  render(View)
  await screen.findByRole('heading', { level: 1, name: 'Pictures' })
  return userEvent.setup()
}

const said = () => toasts.shown.at(-1)?.words

function ended(imported: Partial<Imported>) {
  const nothing = { keys: [], before: 0, unread: 0, unopened: 0, tooLarge: 0, gone: 0 }
  const plain = { ...nothing, pasted: false, stopped: false, problem: null }
  fakeStore.tell({ kind: 'imported', imported: { ...plain, ...imported } })
}

beforeEach(() => {
  vi.restoreAllMocks()
  while (toasts.current) toasts.next()
})

describe('importing', () => {
  it('takes in files or folders, says how far it is and what came of it, and can be taken back', async () => {
    const user = await arrive()
    const picked = vi.spyOn(host.pictures, 'import')
    await user.click(screen.getByRole('button', { name: 'Import' }))
    await user.click(screen.getByRole('menuitem', { name: 'Folder…' }))
    expect(picked).toHaveBeenCalledWith('folders')
    expect((await screen.findAllByText(/^Looked at \d of 4$/)).at(-1)).toBeVisible()
    await waitFor(() =>
      expect(said()).toBe(
        '2 pictures are imported. 1 was here already. 1 file is no picture that Medley can draw.',
      ),
    )
    await waitFor(() => expect(pictures.gallery.count).toBe(42))
    expect(screen.queryByText(/^Looked at/)).toBeNull()
    const change = vi.spyOn(host.pictures, 'change')
    toasts.shown.at(-1)?.action?.run()
    expect(change).toHaveBeenCalledWith([expect.any(Number), expect.any(Number)], { kind: 'remove' })
    await waitFor(() => expect(pictures.gallery.count).toBe(40))
  })

  it('stops when told, and what came stays', async () => {
    const user = await arrive()
    await user.click(screen.getByRole('button', { name: 'Import' }))
    await user.click(screen.getByRole('menuitem', { name: 'Files…' }))
    await user.click(await screen.findByRole('button', { name: 'Stop importing' }))
    await waitFor(() => expect(said()).toBe('1 picture is imported. Stopped.'))
  })

  it('takes in what is dropped or pasted beside the desk, and says what is in the way', async () => {
    const user = await arrive()
    const dropped = vi.spyOn(host.pictures, 'importDropped')
    fakeStore.drags.forEach((hear) => hear({ kind: 'over', x: 500, y: 500 }))
    expect(await screen.findByText('Let go to import')).toBeVisible()
    expect(screen.queryByText('Let go to make pictures like these')).toBeNull()
    fakeStore.drags.forEach((hear) => hear({ kind: 'dropped', count: 1, x: 500, y: 500 }))
    expect(dropped).toHaveBeenCalledOnce()
    await waitFor(() => expect(said()).toMatch(/^2 pictures/))
    expect(pictures.references.list).toEqual([])

    const data = new DataTransfer()
    data.items.add(new File(['x'], 'shot.png', { type: 'image/png' }))
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    screen.getByRole('grid').dispatchEvent(event)
    await waitFor(() => expect(said()).toBe('1 picture is imported.'))

    while (toasts.current) toasts.next()
    vi.spyOn(host.pictures, 'import').mockRejectedValueOnce(problem('internal'))
    await user.click(screen.getByRole('button', { name: 'Import' }))
    await user.click(screen.getByRole('menuitem', { name: 'Files…' }))
    await waitFor(() => expect(said()).toMatch(/went wrong/))
    ended({ stopped: true, problem: problem('disk_full') })
    expect(said()).toMatch(/disk is full/i)
    const found = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    })
    expect(found.violations).toEqual([])
  })

  it('says apart what could not be opened and what is too large', async () => {
    await arrive()
    ended({ unopened: 2, tooLarge: 1 })
    expect(said()).toBe('2 could not be opened. 1 picture is too large.')
  })

  it('tells who listens each tenth, goes on beside a paste, and keeps the focus', async () => {
    await arrive()
    const heard = () =>
      [...document.querySelectorAll('[aria-live="polite"]')].map((line) => line.textContent).join('')
    const tell = async (done: number, of: number) => {
      fakeStore.tell({ kind: 'importing', done, of })
      await tick()
    }
    await tell(0, 0)
    expect(heard()).toBe('Looking through what you chose')
    for (const done of [0, 1, 57, 99]) {
      await tell(done, 1000)
      expect(heard()).toBe('Looked at 0 of 1,000')
    }
    await tell(100, 1000)
    expect(heard()).toBe('Looked at 100 of 1,000')
    ended({ pasted: true })
    await tick()
    const stop = screen.getByRole('button', { name: 'Stop importing' })
    stop.focus()
    ended({})
    await tick()
    expect(heard()).toBe('')
    expect(screen.getByRole('button', { name: 'Import' })).toHaveFocus()
  })

  it('is offered where nothing is here yet', async () => {
    await arrive({ pictures: 0 })
    expect(screen.getByText(/press Import/)).toBeVisible()
  })
})
