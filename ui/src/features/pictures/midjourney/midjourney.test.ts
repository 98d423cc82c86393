import { render, screen, waitFor, within } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { generation, sampleTask } from '../../../host/fake/pictures'
import { NO_PICTURE_OPTIONS } from '../../../host/nothing'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { toasts } from '../../../state/toasts.svelte'
import { EVERYTHING } from '../gallery.svelte'
import { HASTE_MS } from '../../../state/presses'
import { pictures } from '../pictures.svelte'
import View from '../View.svelte'
import { wishName } from '../words'
import { grouped, known } from './buttons'
import { markedIn } from './marked'
import { press } from './press.svelte'

/** A person in front of the desk with Midjourney chosen; or of a picture of Midjourney. */
async function arrive(shown: 'desk' | 'grid' | 'single' = 'desk') {
  Object.assign(fakeStore, new FakeStore({}))
  const [first] = fakeStore.pictures
  const wish = {
    serviceId: 'modelbox',
    model: 'mj_imagine',
    prompt: 'A boat',
    options: NO_PICTURE_OPTIONS,
    references: [],
    mask: null,
    madeFrom: null,
  }
  const task = sampleTask(shown === 'grid')
  fakeStore.made.push(generation(wish, { id: 'task-1', kind: 'midjourney', state: 'done', task }))
  if (first)
    fakeStore.pictures[0] = { ...first, prompt: 'A boat', model: 'mj_imagine', generationId: 'task-1' }
  await begin()
  router.welcome = 'shut'
  await pictures.begin()
  await pictures.gallery.look(EVERYTHING)
  await pictures.renew()
  pictures.desk.choose({ serviceId: 'modelbox', model: 'mj_imagine' })
  router.openPicture(shown === 'desk' ? null : (first?.id ?? null))
  render(View)
  if (shown === 'desk') await screen.findByRole('textbox', { name: 'Describe your picture' })
  else await screen.findByRole('group', { name: shown === 'grid' ? 'Take one alone' : 'Step back' })
  return userEvent.setup()
}

const box = () => screen.getByRole('textbox', { name: 'Describe your picture' })

// What the test before pressed makes no press of this one hasty.
beforeEach(async () => {
  await new Promise((go) => setTimeout(go, HASTE_MS))
  pictures.desk.type('')
  press.first = false
  press.leave()
  while (toasts.current) toasts.next()
})

describe('the desk', () => {
  it('writes flags by its controls, and reads those that were typed', async () => {
    const user = await arrive()
    await user.type(box(), 'A boat --ar 9:16 --v 7')
    expect(screen.getByRole('radio', { name: '9:16' })).toBeChecked()
    expect(screen.getByRole('combobox', { name: 'Version' })).toHaveTextContent('Version 7')
    await user.click(screen.getByRole('radio', { name: '3:2' }))
    expect(box()).toHaveValue('A boat --v 7 --ar 3:2')
    await user.click(screen.getByRole('button', { name: 'All options' }))
    await user.click(screen.getByRole('switch', { name: /^A pattern without seams/ }))
    await user.type(screen.getByRole('textbox', { name: 'Leave out' }), 'people{Tab}')
    expect(box()).toHaveValue('A boat --v 7 --ar 3:2 --tile --no people')
    await user.click(screen.getByRole('button', { name: 'Back to usual' }))
    expect(box()).toHaveValue('A boat --v 7 --ar 3:2')
  })

  it('sends the prompt with its flags, and no options of other engines', async () => {
    const made = vi.spyOn(host.pictures, 'make')
    const user = await arrive()
    await user.type(box(), 'A boat --ar 3:2')
    await user.click(screen.getByRole('button', { name: 'Create' }))
    await waitFor(() => expect(made).toHaveBeenCalledOnce())
    expect(made.mock.calls[0]?.[0]).toMatchObject({
      model: 'mj_imagine',
      prompt: 'A boat --ar 3:2',
      options: { ...NO_PICTURE_OPTIONS, size: '1024x683' },
    })
  })
})

describe('a word that is not allowed', () => {
  it('is marked in the prompt, and in the pop-up that said it', async () => {
    expect(markedIn('much Gore here', 'gore')).toEqual([5, 9])
    expect(markedIn('much', 'gore')).toEqual([4, 4])
    const user = await arrive('grid')
    const [button] = sampleTask(true).buttons.filter(({ customId }) => customId.includes('variation::3'))
    const options = { ...NO_PICTURE_OPTIONS, press: { task: '1', button: button!, prompt: 'a', speed: '' } }
    const wish = { serviceId: 'modelbox', model: 'mj_imagine', options, madeFrom: 'picture-1' }
    pictures.desk.take({ ...wish, prompt: 'A boat', marked: '' })
    expect(await screen.findByRole('textbox', { name: 'Prompt' })).toHaveValue('A boat')
    press.leave()
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    pictures.desk.take({ ...wish, prompt: 'A boat and gore', marked: 'gore' })
    const words = await screen.findByRole('textbox', { name: 'Prompt' })
    expect(words).toHaveValue('A boat and gore')
    await waitFor(() => expect(words).toHaveFocus())
    const area = words as HTMLTextAreaElement
    expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('gore')
    await user.keyboard('sails')
    expect(words).toHaveValue('A boat and sails')
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })
})

describe('the buttons', () => {
  it('are plain words, and those nobody knows are as they came', () => {
    const words = (customId: string, label = '', emoji = '') => known({ customId, label, emoji }).words
    expect(words('MJ::JOB::upsample::2::h')).toBe('Take picture 2')
    expect(words('MJ::JOB::variation::4::h')).toBe('Four like picture 4')
    expect(words('MJ::JOB::upsample_v6r1_2x_creative::1::h::SOLO')).toBe('With new details')
    expect(words('MJ::Unheard::1', 'Sparkle', '✨')).toBe('✨ Sparkle')
    expect(words('MJ::Unheard::1')).toBe('MJ::Unheard::1')
  })

  it('offer no videos, which are not kept here', () => {
    const button = (customId: string) => ({ customId, label: '', emoji: '' })
    const ids = [
      'MJ::JOB::animate_low::1::h',
      'MJ::JOB::video_virtual_upscale::1::h',
      'MJ::JOB::reroll::0::h',
    ]
    expect(
      grouped(ids.map(button)).flatMap(({ buttons }) => buttons.map(({ button }) => button.customId)),
    ).toEqual(['MJ::JOB::reroll::0::h'])
  })

  it('are pressed once each, however hasty', async () => {
    const pressed = vi.spyOn(host.pictures, 'press')
    const user = await arrive('grid')
    const take = within(screen.getByRole('group', { name: 'Take one alone' }))
    await user.dblClick(take.getByRole('button', { name: 'Take picture 2' }))
    expect(pressed).toHaveBeenCalledOnce()
    expect(pressed.mock.calls[0]?.[0]).toEqual({
      pictureId: 'picture-1',
      customId: 'MJ::JOB::upsample::2::h',
      prompt: '',
      mask: null,
    })
    expect(toasts.current?.words).toBe('It is being made.')
    expect((await axe.run(document.body)).violations).toEqual([])
  })

  it('ask for other words where the person wants to change them', async () => {
    const pressed = vi.spyOn(host.pictures, 'press')
    const user = await arrive('grid')
    await user.click(screen.getByRole('switch', { name: /^Change the words first/ }))
    await user.click(screen.getByRole('button', { name: 'Four like picture 1' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Four like picture 1' }))
    const words = dialog.getByRole('textbox', { name: 'Prompt' })
    expect(words).toHaveValue('A boat')
    await user.type(words, ' at dawn')
    await user.click(dialog.getByRole('button', { name: 'Create' }))
    expect(pressed.mock.calls.at(-1)?.[0].prompt).toBe('A boat at dawn')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('ask how far, and which part', async () => {
    const pressed = vi.spyOn(host.pictures, 'press')
    const user = await arrive('single')
    await user.click(screen.getByRole('button', { name: 'Choose how far …' }))
    const zoom = within(await screen.findByRole('dialog', { name: 'Choose how far …' }))
    expect(zoom.getByRole('slider', { name: 'How far back' })).toHaveValue('1.5')
    await user.click(zoom.getByRole('button', { name: 'Create' }))
    expect(pressed.mock.calls.at(-1)?.[0].prompt).toBe('A boat --zoom 1.5')
    await new Promise((go) => setTimeout(go, HASTE_MS))
    await user.click(screen.getByRole('button', { name: 'Change a region' }))
    const region = within(await screen.findByRole('dialog', { name: 'Change a region' }))
    expect(region.getByRole('button', { name: 'Create' }), 'nothing is painted yet').toBeDisabled()
    await user.click(region.getByRole('button', { name: 'Swap painted and clear' }))
    await user.keyboard('{Escape}')
    expect(screen.getByRole('dialog', { name: 'Change a region' }), 'what was painted stays').toBeVisible()
    await user.click(region.getByRole('button', { name: 'Create' }))
    await waitFor(() => expect(pressed.mock.calls.at(-1)?.[0].mask?.marks).toEqual([{ kind: 'invert' }]))
  })

  it('step back from what was made without words', async () => {
    const pressed = vi.spyOn(host.pictures, 'press')
    const user = await arrive('single')
    await user.click(screen.getByRole('button', { name: 'Choose how far …' }))
    const zoom = within(await screen.findByRole('dialog', { name: 'Choose how far …' }))
    await user.clear(zoom.getByRole('textbox', { name: 'Prompt' }))
    await user.click(zoom.getByRole('button', { name: 'Create' }))
    expect(pressed.mock.calls.at(-1)?.[0].prompt).toBe('--zoom 1.5')
    const button = { customId: 'MJ::CustomZoom::x', emoji: '', label: '' }
    const options = { ...NO_PICTURE_OPTIONS, press: { task: '1', button, prompt: '', speed: '' } }
    const wish = { serviceId: 'modelbox', model: 'mj_imagine', prompt: '', mask: null, madeFrom: null }
    expect(wishName(generation({ ...wish, options, references: [] }))).toBe('Choose how far …')
  })

  it('keep what was painted when they are cancelled', async () => {
    const user = await arrive('single')
    const region = () => within(screen.getByRole('dialog', { name: 'Change a region' }))
    const open = () => user.click(screen.getByRole('button', { name: 'Change a region' }))
    await open()
    await user.click(region().getByRole('button', { name: 'Swap painted and clear' }))
    await user.type(region().getByRole('textbox', { name: 'What should be there' }), ' with sails')
    const painted = region().getByRole('button', { name: 'Create' })
    expect(painted).toBeEnabled()
    await user.click(region().getByRole('button', { name: 'Cancel' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await open()
    expect(region().getByRole('textbox', { name: 'What should be there' })).toHaveValue('A boat with sails')
    expect(region().getByRole('button', { name: 'Create' })).toBeEnabled()
  })
})
