import { describe, expect, it } from 'vitest'
import { sampleEngines } from '../../host/fake/pictures'
import { NO_PICTURE_OPTIONS } from '../../host/nothing'
import { fitted, priceOf, ratioOf, sent, shapeOf, shapesOf, sizeOf, wordOf } from './options'

const [gpt, three, two] = sampleEngines() as [
  ReturnType<typeof sampleEngines>[0],
  ReturnType<typeof sampleEngines>[0],
  ReturnType<typeof sampleEngines>[0],
]

describe('what one can choose', () => {
  it('is shapes, with sizes only where a shape has several', () => {
    expect(shapesOf(gpt).map(({ id }) => id)).toEqual(['auto', 'square', 'wide', 'tall'])
    expect(shapesOf(two)).toEqual([{ id: 'square', sizes: ['256x256', '512x512', '1024x1024'] }])
    expect(['1024x1792', '1024×1024', '1536x1024', 'auto'].map(shapeOf)).toEqual([
      'tall',
      'square',
      'wide',
      'auto',
    ])
  })

  it('shows what is usual until something is chosen', () => {
    expect([sizeOf(gpt, NO_PICTURE_OPTIONS), sizeOf(two, NO_PICTURE_OPTIONS)]).toEqual(['auto', '1024x1024'])
    expect(wordOf(three, 'quality', NO_PICTURE_OPTIONS)).toBe('standard')
    expect(
      wordOf(gpt, 'quality', { ...NO_PICTURE_OPTIONS, quality: 'hd' }),
      'not a word of this engine',
    ).toBe('auto')
  })
})

describe('what is sent', () => {
  it('is nothing the engine does not know, and never "auto"', () => {
    const chosen = { ...NO_PICTURE_OPTIONS, size: '1536x1024', quality: 'high', background: 'auto', count: 4 }
    expect(sent(chosen, gpt)).toEqual({ ...chosen, background: null })
    expect(sent(chosen, three)).toEqual({ ...NO_PICTURE_OPTIONS, size: '1792x1024' })
    expect(sent(NO_PICTURE_OPTIONS, gpt).size).toBeNull()
  })

  it('has a compression only where the file is compressed', () => {
    const small = { ...NO_PICTURE_OPTIONS, outputCompression: 60 }
    expect(sent(small, gpt).outputCompression).toBeNull()
    expect(sent({ ...small, outputFormat: 'webp' }, gpt).outputCompression).toBe(60)
    expect(sent({ ...small, outputFormat: 'webp' }, two)).toEqual({
      ...NO_PICTURE_OPTIONS,
      size: '1024x1024',
    })
  })

  it('keeps the shape from engine to engine', () => {
    const tall = fitted({ ...NO_PICTURE_OPTIONS, size: '1024x1792', style: 'natural' }, gpt)
    expect([tall.size, tall.style]).toEqual(['1024x1536', null])
    expect(fitted({ ...NO_PICTURE_OPTIONS, size: '1024x1536' }, two).size).toBeNull()
  })

  it('has a price where the service tells one', () => {
    expect(priceOf(two, { count: 3 })).toBeCloseTo(0.06)
    expect(priceOf(three, { count: 3 }), 'it makes one').toBe(0.04)
    expect(priceOf({ ...two, price: null }, { count: 1 })).toBeNull()
    expect([ratioOf({ size: '1536x1024' }), ratioOf({ size: null })]).toEqual([150, 100])
  })
})
