import { render, screen, within } from '@testing-library/svelte'
import { describe, expect, it, vi } from 'vitest'
import type { Generation } from '../../../bindings/Generation'
import type { PictureOptions } from '../../../bindings/PictureOptions'
import type { PicturePage } from '../../../bindings/PicturePage'
import { host } from '../../../host'
import { FakeStore, fakeStore } from '../../../host/browser'
import { generation, picture } from '../../../host/fake/pictures'
import { NO_PICTURE_OPTIONS } from '../../../host/nothing'
import { router } from '../../../state/router.svelte'
import { begin } from '../../../state/start'
import { EVERYTHING } from '../gallery.svelte'
import { pictures } from '../pictures.svelte'
import View from '../View.svelte'
import { factsOf } from './facts'

function page(
  options: Partial<PictureOptions>,
  used: Record<string, string>,
  part: Partial<Generation> = {},
): PicturePage {
  const wish = {
    ...{ serviceId: 'modelbox', model: 'gpt-image-1', prompt: 'A boat' },
    ...{ references: [], mask: null, madeFrom: null },
    options: { ...NO_PICTURE_OPTIONS, ...options },
  }
  const made = picture('picture-1', '1536x1024')
  const family = { madeFrom: [], madeWith: [], madeInto: [] }
  const rest = { leftOut: [], index: 0, family, messages: [], same: [] }
  return { picture: made, generation: generation(wish, { state: 'done', ...part }), used, ...rest }
}

const facts = (...of: Parameters<typeof page>) => new Map(factsOf(page(...of)))

describe('what is known about a picture', () => {
  it('is what was asked for, where the service used that', () => {
    const told = facts({ quality: 'high', size: '1536x1024' }, { quality: 'high', size: '1536x1024' })
    expect(told.get('Quality')).toBe('Fine')
    expect(told.has('Size asked for')).toBe(false)
  })

  it('is both, where the service used another', () => {
    const asked = { quality: 'high', background: 'transparent', size: '1024x1024', outputFormat: 'webp' }
    const used = { quality: 'medium', background: 'opaque', size: '1536x1024', output_format: 'png' }
    const told = facts(asked, used)
    expect(told.get('Quality')).toBe('Fine; the service used Good')
    expect(told.get('Background')).toBe('Transparent; the service used Filled')
    expect(told.get('Size asked for')).toBe('1,024 × 1,024; the service used 1,536 × 1,024')
    expect(told.get('Kind of file')).toBe('WebP; the service used PNG')
  })

  it('is what the service used, where it was left to it', () => {
    const told = facts({}, { quality: 'medium', size: '1536x1024', output_format: 'png' })
    expect(told.get('Quality')).toBe('Good')
    expect(told.has('Size asked for'), 'the size stands there already').toBe(false)
    expect(facts({}, {}).has('Quality'), 'nor is anything made up').toBe(false)
  })

  it('is not what the service refused, and that is told', () => {
    const asked = page({ quality: 'high', extra: { seed: 7, steps: 4 } }, {})
    const told = new Map(factsOf({ ...asked, leftOut: ['quality', 'seed'] }))
    expect([told.has('Seed'), told.has('Quality')]).toEqual([false, false])
    expect(told.get('Made without')).toBe('quality, seed: refused by the service')
    expect(new Map(factsOf(asked)).get('Seed'), 'where nothing was refused').toBe('7')
    expect(new Map(factsOf(asked)).has('Made without')).toBe(false)
  })

  it('is its part of the price', () => {
    expect(facts({ count: 4 }, {}, { costUsd: 0.168 }).get('Price')).toBe('$0.042')
    expect(facts({}, {}, { costUsd: null }).has('Price')).toBe(false)
  })

  it('stands on its page', async () => {
    Object.assign(fakeStore, new FakeStore())
    await begin()
    router.welcome = 'shut'
    await pictures.begin()
    await pictures.gallery.look(EVERYTHING)
    await pictures.renew()
    const known = host.pictures.picture
    const { generation: made, used } = page({ quality: 'high' }, { quality: 'low' }, { costUsd: 0.042 })
    vi.spyOn(host.pictures, 'picture').mockImplementation(async (id) => ({
      ...(await known(id)),
      ...{ generation: made, used },
    }))
    router.openPicture('picture-1')
    render(View)
    const about = within(await screen.findByRole('complementary', { name: 'About this picture' }))
    expect(await about.findByText('Fine; the service used Quick')).toBeVisible()
    expect(about.getByText('$0.042')).toBeVisible()
  })
})
