// The lines of the open transcript being corrected: each change is one write, and can be undone as long as the page is open.
import type { Line } from '../../bindings/Line'
import type { Host } from '../../host/host'
import { joined, replaced, split } from './told'

interface Change {
  out: number[]
  put: Line[]
}

const MOST = 200

export class Lines {
  all = $state.raw<readonly Line[]>([])
  /** The number of the line that is being edited. */
  editing = $state<number | null>(null)
  #transcript = ''
  #done = $state.raw<readonly Change[]>([])
  #undone = $state.raw<readonly Change[]>([])
  readonly #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  get canUndo(): boolean {
    return this.#done.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  /** Another transcript, or more of the same. */
  lay(transcript: string, lines: readonly Line[]): void {
    if (transcript !== this.#transcript) {
      this.#transcript = transcript
      this.#done = []
      this.#undone = []
      this.editing = null
    }
    this.all = lines
  }

  /** Another text, and who says it. */
  async edit(line: Line, text: string, speaker = line.speaker): Promise<void> {
    const put = { ...line, text: text.trim(), speaker: speaker.trim() }
    if (put.text === line.text && put.speaker === line.speaker) return
    await this.#change({ out: put.text === '' ? [line.key] : [], put: put.text === '' ? [] : [put] })
  }

  async split(line: Line, text: string, at: number): Promise<void> {
    const parts = split({ ...line, text }, at)
    if (parts) await this.#change({ out: [], put: parts })
  }

  async join(line: Line): Promise<void> {
    const next = this.all[this.all.findIndex(({ key }) => key === line.key) + 1]
    if (next) await this.#change({ out: [next.key], put: [joined(line, next)] })
  }

  async rename(from: string, to: string): Promise<void> {
    const speaker = to.trim()
    const put = this.all.filter((line) => line.speaker === from).map((line) => ({ ...line, speaker }))
    if (speaker !== from && put.length > 0) await this.#change({ out: [], put })
  }

  /** Answers how many were replaced. */
  async replace(words: string, by: string): Promise<number> {
    let count = 0
    const put: Line[] = []
    for (const line of this.all) {
      const [text, hits] = replaced(line.text, words, by)
      count += hits
      if (hits > 0) put.push({ ...line, text })
    }
    if (put.length > 0) await this.#change({ out: [], put })
    return count
  }

  async undo(): Promise<void> {
    const change = this.#done.at(-1)
    if (!change) return
    this.#done = this.#done.slice(0, -1)
    this.#undone = [...this.#undone, await this.#apply(change)]
  }

  async redo(): Promise<void> {
    const change = this.#undone.at(-1)
    if (!change) return
    this.#undone = this.#undone.slice(0, -1)
    this.#done = [...this.#done, await this.#apply(change)]
  }

  async #change(change: Change): Promise<void> {
    const back = await this.#apply(change)
    this.#done = [...this.#done.slice(1 - MOST), back]
    this.#undone = []
  }

  /** Does it, and answers what takes it back. */
  async #apply({ out, put }: Change): Promise<Change> {
    const touched = new Set([...out, ...put.map(({ key }) => key)])
    const before = this.all.filter(({ key }) => touched.has(key))
    const keys = await this.#host.recordings.changeLines(this.#transcript, out, put)
    const known = new Set(this.all.map(({ key }) => key))
    const now = put.map((line, at) => ({ ...line, key: keys[at] ?? line.key }))
    const rest = this.all.filter(({ key }) => !touched.has(key))
    this.all = [...rest, ...now].sort((one, other) => one.startMs - other.startMs || one.key - other.key)
    return { out: now.map(({ key }) => key).filter((key) => !known.has(key)), put: before }
  }
}
