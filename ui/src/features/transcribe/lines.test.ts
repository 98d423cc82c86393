import { beforeEach, describe, expect, it } from 'vitest'
import type { Line } from '../../bindings/Line'
import type { Host } from '../../host/host'
import { Lines } from './lines.svelte'

const line = (key: number, text: string): Line => ({
  key,
  startMs: key * 1000,
  endMs: key * 1000 + 900,
  speaker: 'A',
  text,
  said: text,
  words: [],
})

/** Writes that wait until they are let through, or are refused. */
const waiting: { transcript: string; put: readonly Line[]; go: () => void; fail: () => void }[] = []
const host = {
  recordings: {
    changeLines: (transcript: string, _out: number[], put: readonly Line[]) =>
      new Promise<number[]>((resolve, reject) => {
        const go = () => resolve(put.map(({ key }) => key || 99))
        waiting.push({ transcript, put, go, fail: () => reject(new Error('full')) })
      }),
  },
} as unknown as Host

const settle = () => new Promise((go) => setTimeout(go))
async function through(): Promise<void> {
  await settle()
  waiting.at(-1)?.go()
  await settle()
}
const texts = (lines: Lines) => lines.all.map(({ text }) => text)

let lines: Lines
beforeEach(() => {
  waiting.length = 0
  lines = new Lines(host)
  lines.lay('one', [line(1, 'First.'), line(2, 'Second.')])
})

describe('lines that are corrected', () => {
  it('are written one after the other, and undone once for each wish', async () => {
    void lines.edit(lines.all[0]!, 'Other.')
    await through()
    void lines.edit(lines.all[0]!, 'Third.')
    await through()
    void lines.undo()
    void lines.undo()
    void lines.undo()
    await settle()
    expect(waiting, 'the second waits for the first').toHaveLength(3)
    await through()
    await through()
    expect([waiting.length, texts(lines)]).toEqual([4, ['First.', 'Second.']])
    expect([lines.canUndo, lines.canRedo]).toEqual([false, true])
  })

  it('can still be undone where undoing failed', async () => {
    void lines.edit(lines.all[0]!, 'Other.')
    await through()
    const undoing = lines.undo()
    await settle()
    waiting.at(-1)!.fail()
    await expect(undoing).rejects.toThrow('full')
    expect([lines.canUndo, lines.canRedo, texts(lines)[0]]).toEqual([true, false, 'Other.'])
    void lines.undo()
    await through()
    expect([lines.canUndo, lines.canRedo, texts(lines)[0]]).toEqual([false, true, 'First.'])
  })

  it('never show among those of another recording that was opened meanwhile', async () => {
    void lines.edit(lines.all[0]!, 'Other.')
    void lines.rename('A', 'Anna')
    await settle()
    lines.lay('two', [line(7, 'Elsewhere.')])
    await through()
    await through()
    expect(waiting.map(({ transcript }) => transcript)).toEqual(['one', 'one'])
    expect(waiting[1]!.put.map(({ speaker }) => speaker)).toEqual(['Anna', 'Anna'])
    expect([texts(lines), lines.canUndo]).toEqual([['Elsewhere.'], false])
  })

  it('take what was typed along when they are joined or split', async () => {
    void lines.join(lines.all[0]!, 'Typed', 'Anna')
    await through()
    expect(lines.all).toMatchObject([{ key: 1, text: 'Typed Second.', speaker: 'Anna' }])
    void lines.split(lines.all[0]!, 'Typed Second.', 'Maria', 5)
    await through()
    expect(lines.all.map(({ text, speaker }) => [text, speaker])).toEqual([
      ['Typed', 'Maria'],
      ['Second.', 'Maria'],
    ])
  })

  it('keep what is being typed when more come, and when another is opened', async () => {
    await lines.type(lines.all[0]!)
    lines.draft!.text = 'Half a sen'
    lines.lay('one', [...lines.all, line(3, 'More.')])
    expect(lines.draft?.text).toBe('Half a sen')
    lines.lay('two', [line(7, 'Elsewhere.')])
    expect(lines.draft).toBeNull()
    lines.lay('one', [line(1, 'First.'), line(2, 'Second.')])
    expect(lines.draft).toMatchObject({ key: 1, text: 'Half a sen' })
    const next = lines.type(lines.all[1]!)
    await through()
    await next
    expect([texts(lines)[0], lines.draft?.text]).toEqual(['Half a sen', 'Second.'])
  })
})
