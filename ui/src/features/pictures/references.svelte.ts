// The pictures that go along with the next wish. They lie on the desk of the place "Pictures" and are there again after a
// restart; what cannot go along does not stay, and one sentence says why.
import type { Attachment } from '../../bindings/Attachment'
import type { Event } from '../../bindings/Event'
import { explain, failureOf } from '../../host'
import type { Host } from '../../host/host'
import { m } from '../../paraglide/messages'

export const PLACE = 'pictures'

export interface Hears {
  failed(reason: unknown): void
  /** A picture left the desk; `undo` brings it back. */
  removed(file: Attachment, undo: () => void): void
}

export class References {
  list = $state.raw<readonly Attachment[]>([])
  /** How many are handed over and have no row yet. */
  coming = $state(0)
  /** Why what was given last does not go along. */
  wrong = $state('')
  /** News of files whose rows are not here yet. */
  readonly #read = new Map<string, Attachment>()
  readonly #host: Host
  readonly #hears: Hears

  /** Where they lie. */
  readonly place: string

  constructor(host: Host, hears: Hears, place = PLACE) {
    this.#host = host
    this.#hears = hears
    this.place = place
  }

  async read(): Promise<void> {
    this.list = await this.#host.pictures.references(this.place)
  }

  /** Opens the system's dialog. */
  pick(): Promise<void> {
    return this.#take(() => this.#host.attachments.pick(this.place), 0)
  }

  async paste(files: readonly File[]): Promise<void> {
    await this.#take(async () => {
      const rows = []
      for (const file of files) {
        const bytes = new Uint8Array(await file.arrayBuffer())
        rows.push(await this.#host.attachments.add(this.place, file.name, bytes))
      }
      return rows
    }, files.length)
  }

  /** Takes what was dropped on the window. */
  drop(count: number): Promise<void> {
    return this.#take(() => this.#host.attachments.takeDropped(this.place), count)
  }

  /** Takes a picture that is in the gallery; answers with its row. */
  async use(mediaId: string): Promise<Attachment | null> {
    try {
      const row = await this.#host.pictures.referTo(this.place, mediaId)
      this.wrong = ''
      this.#put(row)
      return row
    } catch (reason) {
      this.#hears.failed(reason)
      return null
    }
  }

  /** Lays these out in place of what lies there. */
  async lay(wanted: readonly string[]): Promise<void> {
    const others = this.list.filter(({ media }) => !wanted.includes(media?.id ?? ''))
    for (const file of others) await this.remove(file)
    for (const mediaId of wanted) await this.use(mediaId)
  }

  async remove(file: Attachment): Promise<void> {
    try {
      await this.#host.attachments.remove(file.id)
      this.wrong = ''
      this.list = this.list.filter(({ id }) => id !== file.id)
      this.#hears.removed(file, () => void this.#restore(file.id))
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }

  hear(event: Event): void {
    if (event.kind !== 'attachment') return
    const { attachment } = event
    if (this.list.some(({ id }) => id === attachment.id)) this.#put(attachment)
    else if (attachment.place === this.place) this.#read.set(attachment.id, attachment)
  }

  async #restore(id: string): Promise<void> {
    try {
      this.#put(await this.#host.attachments.restore(id))
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }

  async #take(give: () => Promise<Attachment[]>, count: number): Promise<void> {
    this.coming += count
    this.wrong = ''
    try {
      for (const row of await give()) this.#put(row)
    } catch (reason) {
      this.wrong = explain(failureOf(reason).problem).words
    } finally {
      this.coming -= count
    }
  }

  #put(given: Attachment): void {
    const row = (given.state === 'waiting' ? this.#read.get(given.id) : undefined) ?? given
    this.#read.delete(given.id)
    const rest = this.list.filter(({ id }) => id !== row.id)
    if (row.kind !== 'picture' || row.state === 'failed') return void this.#refuse(row, rest)
    // Ids grow with time: what was taken away comes back to where it lay.
    const before = rest.filter(({ id }) => id < row.id).length
    this.list = rest.toSpliced(before, 0, row)
  }

  async #refuse({ id, name, problem }: Attachment, rest: readonly Attachment[]): Promise<void> {
    this.list = rest
    this.wrong =
      !problem || problem.code === 'not_a_picture'
        ? m.pictures_ref_not_picture({ name })
        : m.pictures_ref_wrong({ name, reason: explain(problem).words })
    try {
      await this.#host.attachments.remove(id)
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }
}
