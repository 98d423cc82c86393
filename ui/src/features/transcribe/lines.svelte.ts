// The lines of the open transcript being corrected: each change is one write, and can be undone as long as the page is open.
import type { Line } from '../../bindings/Line'
import type { Host } from '../../host/host'
import { joined, replaced, split } from './told'

interface Change {
  out: number[]
  put: Line[]
}

/** What is being typed in a line. */
interface Draft {
  key: number
  text: string
  speaker: string
}

const MOST = 200

export class Lines {
  all = $state.raw<readonly Line[]>([])
  /** The line that is being edited, with what is typed there. */
  draft = $state<Draft | null>(null)
  #transcript = ''
  #done = $state.raw<readonly Change[]>([])
  #undone = $state.raw<readonly Change[]>([])
  /** The write that was asked for last. */
  #last: Promise<unknown> = Promise.resolve()
  /** What was being typed in other transcripts when they were left. */
  readonly #left = new Map<string, Draft>()
  readonly #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  /** The number of the line that is being edited. */
  get editing(): number | null {
    return this.draft?.key ?? null
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
      if (this.draft) this.#left.set(this.#transcript, this.draft)
      this.draft = this.#left.get(transcript) ?? null
      this.#left.delete(transcript)
      this.#transcript = transcript
      this.#done = []
      this.#undone = []
    }
    this.all = lines
  }

  /** Opens a line for typing. What is being typed in another is kept first. */
  async type(line: Line): Promise<void> {
    const { draft } = this
    const other = this.all.find(({ key }) => key === draft?.key)
    if (draft && other && other.key !== line.key) await this.edit(other, draft.text, draft.speaker)
    const { key, text, speaker } = line
    this.draft = { key, text, speaker }
  }

  /** Another text, and who says it. */
  async edit(line: Line, text: string, speaker = line.speaker): Promise<void> {
    const put = { ...line, text: text.trim(), speaker: speaker.trim() }
    if (put.text === line.text && put.speaker === line.speaker) return
    await this.#change(() => (put.text === '' ? { out: [line.key], put: [] } : { out: [], put: [put] }))
  }

  async split(line: Line, text: string, speaker: string, at: number): Promise<void> {
    const parts = split({ ...line, text, speaker: speaker.trim() }, at)
    if (parts) await this.#change(() => ({ out: [], put: parts }))
  }

  async join(line: Line, text = line.text, speaker = line.speaker): Promise<void> {
    await this.#change((all) => {
      const next = all[all.findIndex(({ key }) => key === line.key) + 1]
      const first = { ...line, text, speaker: speaker.trim() }
      return next ? { out: [next.key], put: [joined(first, next)] } : null
    })
  }

  async rename(from: string, to: string): Promise<void> {
    const speaker = to.trim()
    await this.#change((all) => {
      const put = all.filter((line) => line.speaker === from).map((line) => ({ ...line, speaker }))
      return speaker !== from && put.length > 0 ? { out: [], put } : null
    })
  }

  /** Answers how many were replaced. */
  async replace(words: string, by: string): Promise<number> {
    let count = 0
    await this.#change((all) => {
      const put: Line[] = []
      for (const line of all) {
        const [text, hits] = replaced(line.text, words, by)
        count += hits
        if (hits > 0) put.push({ ...line, text })
      }
      return put.length > 0 ? { out: [], put } : null
    })
    return count
  }

  async undo(): Promise<void> {
    await this.#turn(async (transcript) => {
      const change = this.#done.at(-1)
      if (!change || transcript !== this.#transcript) return
      const back = await this.#apply(transcript, this.all, change)
      if (transcript !== this.#transcript) return
      this.#done = this.#done.slice(0, -1)
      this.#undone = [...this.#undone, back]
    })
  }

  async redo(): Promise<void> {
    await this.#turn(async (transcript) => {
      const change = this.#undone.at(-1)
      if (!change || transcript !== this.#transcript) return
      const back = await this.#apply(transcript, this.all, change)
      if (transcript !== this.#transcript) return
      this.#undone = this.#undone.slice(0, -1)
      this.#done = [...this.#done, back]
    })
  }

  /** One after the other, each for the transcript that was open when it was asked for. */
  #turn(work: (transcript: string) => Promise<void>): Promise<void> {
    const transcript = this.#transcript
    const turn = this.#last.then(() => work(transcript))
    // Whoever asked hears of a failure; the next one comes all the same.
    this.#last = turn.catch(() => {})
    return turn
  }

  /** Makes a change of the lines as they are by then. What was asked for is written even where another transcript was opened. */
  #change(make: (all: readonly Line[]) => Change | null): Promise<void> {
    const asked = this.all
    return this.#turn(async (transcript) => {
      const all = transcript === this.#transcript ? this.all : asked
      const change = make(all)
      if (!change) return
      const back = await this.#apply(transcript, all, change)
      if (transcript !== this.#transcript) return
      this.#done = [...this.#done.slice(1 - MOST), back]
      this.#undone = []
    })
  }

  /** Does it, and answers what takes it back. Only the lines of the transcript that is open now are shown. */
  async #apply(transcript: string, all: readonly Line[], { out, put }: Change): Promise<Change> {
    const touched = new Set([...out, ...put.map(({ key }) => key)])
    const known = new Set(all.map(({ key }) => key))
    const before = all.filter(({ key }) => touched.has(key))
    const keys = await this.#host.recordings.changeLines(transcript, out, put)
    const now = put.map((line, at) => ({ ...line, key: keys[at] ?? line.key }))
    if (transcript === this.#transcript) {
      for (const { key } of now) touched.add(key)
      const rest = this.all.filter(({ key }) => !touched.has(key))
      this.all = [...rest, ...now].sort((one, other) => one.startMs - other.startMs || one.key - other.key)
    }
    return { out: now.map(({ key }) => key).filter((key) => !known.has(key)), put: before }
  }
}
