import { describe, expect, it } from 'vitest'
import type { Model } from '../../../bindings/Model'
import { sampleServices } from '../../../host/fake/services'
import { askOf, choiceId, choicesOf, priceOf, sizeOf } from './choices'

const services = sampleServices()
const [first, second] = services.map((service) => service.id)
const words = {
  favourites: 'Favourites',
  typedIn: 'typed in',
  price: (dollars: number) => `$${dollars}`,
  rate: () => '',
}

function model(serviceId: string | undefined, name: string, part: Partial<Model> = {}): Model {
  return {
    ...{ serviceId: serviceId ?? '', name, label: name, kind: 'chat', context: null },
    ...{ priceIn: null, priceOut: null, priceCall: null, favourite: false, typedIn: false, ...part },
  }
}

describe('choicesOf', () => {
  it('puts favourites first, then service by service', () => {
    const models = [
      model(second, 'b'),
      model(first, 'z'),
      model(second, 'a', { favourite: true }),
      model(first, 'y'),
    ]
    const choices = choicesOf(models, services, sizeOf(100), words)
    expect(choices.map((choice) => choice.label)).toEqual(['a', 'y', 'z', 'b'])
    expect(choices[0]?.section).toBe('Favourites')
    expect(choices[1]?.section, 'the name of the service').toBe(services[0]?.name)
  })

  it('leaves out what cannot chat, but not what the person typed in', () => {
    const models = [
      model(first, 'painter', { kind: 'image' }),
      model(first, 'odd', { kind: 'other', typedIn: true }),
    ]
    expect(choicesOf(models, services, sizeOf(0), words).map((choice) => choice.label)).toEqual(['odd'])
  })

  it('leaves out models of services that are gone', () => {
    expect(choicesOf([model('gone', 'a')], services, sizeOf(0), words)).toEqual([])
  })
})

describe('priceOf', () => {
  it('counts a question and its answer', () => {
    expect(
      priceOf({ priceIn: 3, priceOut: 15, priceCall: null }, { tokensIn: 1000, tokensOut: 400 }),
    ).toBeCloseTo(0.009)
  })

  it('knows nothing where a price is not published', () => {
    expect(priceOf({ priceIn: 3, priceOut: null, priceCall: 0.1 }, sizeOf(100))).toBeNull()
    expect(priceOf({ priceIn: null, priceOut: null, priceCall: null }, sizeOf(100))).toBeNull()
  })

  it('knows what a call costs, whatever its length', () => {
    expect(priceOf({ priceIn: null, priceOut: null, priceCall: 0.1 }, sizeOf(100))).toBe(0.1)
  })
})

it('names a model of a service and finds it back', () => {
  const ask = { serviceId: 'one', model: 'a/b:free' }
  expect(askOf(choiceId(ask))).toEqual(ask)
})
