import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Failure, problem } from '../../../host/failure'
import { Composer, NEW_PLACE } from './composer.svelte'

const saved = new Map<string, string>()
const failed = vi.fn()
let composer: Composer

beforeEach(() => {
  vi.useFakeTimers()
  saved.clear()
  failed.mockClear()
  composer = new Composer(async (place, text) => void saved.set(place, text), failed)
  composer.goTo(NEW_PLACE)
  return () => vi.useRealTimers()
})

describe('drafts', () => {
  it('are written down while somebody types on, but not at every key', async () => {
    composer.type('Hel')
    await vi.advanceTimersByTimeAsync(200)
    composer.type('Hello')
    expect(saved.size, 'not at every key').toBe(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(saved.get(NEW_PLACE), 'without waiting for a pause').toBe('Hello')
    composer.type('Hello there')
    await vi.advanceTimersByTimeAsync(300)
    expect(saved.get(NEW_PLACE), 'and again').toBe('Hello there')
  })

  it('belong to their conversation and stand there again', async () => {
    composer.type('for the first')
    composer.goTo('two', 'brought along')
    expect(saved.get(NEW_PLACE), 'leaving writes down at once').toBe('for the first')
    expect(composer.text).toBe('brought along')
    composer.goTo(NEW_PLACE)
    expect(composer.text).toBe('for the first')
  })

  it('are newer here than what an opened conversation brings', () => {
    composer.goTo('two', 'old')
    composer.type('newer')
    composer.goTo('three')
    composer.goTo('two', 'old')
    expect(composer.text).toBe('newer')
  })
})

describe('words that go along as a file instead', () => {
  it('are taken out of what stands there by then, and of nothing else', async () => {
    composer.type('Look: pasted and more')
    composer.takeOut('pasted', NEW_PLACE)
    expect(composer.text).toBe('Look:  and more')
    composer.goTo('two', 'pasted elsewhere')
    composer.takeOut('Look', NEW_PLACE)
    composer.takeOut('was changed', 'two')
    expect(composer.text).toBe('pasted elsewhere')
    composer.goTo(NEW_PLACE)
    expect(composer.text).toBe(':  and more')
  })
})

describe('sending', () => {
  it('empties the desk and the draft once the words are accepted', async () => {
    composer.type(' Hello ')
    await composer.send(false, async (text) => {
      expect(text, 'without the blanks around').toBe('Hello')
      expect(composer.text, 'the words left the desk').toBe('')
      expect(saved.get(NEW_PLACE), 'they stay written down until accepted').toBe(' Hello ')
      return { to: 'made', shown: true }
    })
    expect([saved.get(NEW_PLACE), composer.text, composer.sending]).toEqual(['', '', false])
  })

  it('gives the words back when they were not accepted', async () => {
    composer.type('Hello')
    await composer.send(false, () => Promise.reject(new Failure(problem('disk_full'))))
    expect([composer.text, composer.problem?.code]).toEqual(['Hello', 'disk_full'])
    expect(saved.get(NEW_PLACE)).toBe('Hello')
  })

  it('keeps what was typed meanwhile, at the place the words went to', async () => {
    composer.type('Hello')
    await composer.send(false, async () => {
      composer.type('and more')
      return { to: 'made', shown: true }
    })
    expect([composer.text, saved.get('made')]).toEqual(['and more', 'and more'])
  })

  it('loses neither words when sending fails after more was typed', async () => {
    composer.type('Hello')
    await composer.send(false, () => {
      composer.type('and more')
      return Promise.reject(new Failure(problem('disk_full')))
    })
    expect(composer.text).toBe('Hello\n\nand more')
  })

  it('says so elsewhere when the person has gone on to another conversation', async () => {
    composer.type('Hello')
    await composer.send(false, () => {
      composer.goTo('two')
      return Promise.reject(new Failure(problem('disk_full')))
    })
    expect(failed, 'it is said').toHaveBeenCalledOnce()
    expect(composer.problem, 'but not at the other desk').toBeNull()
    composer.goTo(NEW_PLACE)
    expect(composer.text, 'the words wait where they were written').toBe('Hello')
  })

  it('keeps what was typed meanwhile, also when the person goes elsewhere before it is accepted', async () => {
    let accept: (there: { to: string; shown: boolean }) => void = () => {}
    composer.goTo('one')
    composer.type('Hello')
    const sent = composer.send(false, () => new Promise((done) => (accept = done)))
    composer.type('and more')
    composer.goTo('two')
    expect(composer.sending, 'one can send there').toBe(false)
    composer.goTo('one')
    expect([composer.text, composer.sending], 'as it was left').toEqual(['and more', true])
    composer.goTo('two')
    accept({ to: 'one', shown: false })
    await sent
    expect(saved.get('one')).toBe('and more')
    composer.goTo('one')
    expect([composer.text, composer.sending]).toEqual(['and more', false])
  })

  it('stays at the new desk when what was sent from there is not shown', async () => {
    composer.type('Hello')
    await composer.send(false, async () => {
      composer.goTo('two')
      composer.goTo(NEW_PLACE)
      return { to: 'made', shown: false }
    })
    composer.type('another')
    await composer.keep()
    expect([saved.get(NEW_PLACE), saved.get('made')]).toEqual(['another', undefined])
  })

  it('sends nothing empty', async () => {
    const work = vi.fn()
    composer.type('  \n ')
    await composer.send(false, work)
    expect(work).not.toHaveBeenCalled()
  })
})
