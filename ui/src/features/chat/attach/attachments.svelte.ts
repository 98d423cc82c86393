// The files that lie on the desk and go along with the next question: theirs is the draft of a place, so they are
// there again after a restart. The window knows their ids and names, never where on the disk they lie.
import type { Attachment } from '../../../bindings/Attachment'
import type { Event } from '../../../bindings/Event'
import type { Host } from '../../../host/host'

export interface Hears {
  failed(reason: unknown): void
  /** A file left the desk; `undo` brings it back. */
  removed(file: Attachment, undo: () => void): void
}

export class Attachments {
  list = $state.raw<readonly Attachment[]>([])
  /** Files are held over the window. */
  over = $state(false)
  /** Files that are handed over and have no row yet. */
  coming = $state(0)

  readonly #host: Host
  readonly #hears: Hears
  /** What lies on the desks that were left; only the first is not brought along again. */
  readonly #desks = new Map<string, readonly Attachment[]>()
  #place = ''
  readonly #read = new Map<string, Attachment>()
  #waiting: (() => void)[] = []

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
  }

  /** Something that was given is not ready to be sent. */
  get busy(): boolean {
    return this.coming > 0 || this.list.some(({ state }) => state === 'waiting')
  }

  /** Another place: what lies on its desk, as it was left or as it is brought along. */
  goTo(place: string, brought?: readonly Attachment[]): void {
    this.#desks.set(this.#place, this.list)
    this.#place = place
    this.list = brought ?? this.#desks.get(place) ?? []
    this.#wake()
  }

  /** What lay at `from` went along with a question; the desk is now that of the conversation `to`. */
  sent(from: string, to: string): void {
    if (this.#place === from) this.goTo(to, [])
    this.#desks.delete(from)
  }

  /** Opens the system's dialog. */
  pick(): Promise<void> {
    return this.#take((place) => this.#host.attachments.pick(place), 0)
  }

  /** Takes files as the page has them: pasted ones. */
  async paste(files: readonly File[]): Promise<void> {
    for (const file of files) {
      await this.#take(async (place) => {
        const bytes = new Uint8Array(await file.arrayBuffer())
        return [await this.#host.attachments.add(place, file.name, bytes)]
      })
    }
  }

  /** Takes what was dropped on the window. */
  drop(count: number): Promise<void> {
    return this.#take((place) => this.#host.attachments.takeDropped(place), count)
  }

  link(address: string): Promise<void> {
    return this.#take(async (place) => [await this.#host.attachments.link(place, address)])
  }

  async remove(file: Attachment): Promise<void> {
    const place = this.#place
    await this.#try(async () => {
      await this.#host.attachments.remove(file.id)
      this.#drop(file.id)
      this.#hears.removed(file, () => void this.#restore(place, file.id))
    })
  }

  retry(file: Attachment): Promise<void> {
    return this.#try(async () => this.#put(await this.#host.attachments.retry(file.id)))
  }

  look(file: Attachment, detail: string): Promise<void> {
    return this.#try(async () => this.#put(await this.#host.attachments.setDetail(file.id, detail)))
  }

  /** Resolves once everything given is read, or could not be. */
  async settled(): Promise<void> {
    while (this.busy) await new Promise<void>((wake) => this.#waiting.push(wake))
  }

  hear(event: Event): void {
    if (event.kind !== 'attachment') return
    const { attachment } = event
    this.#read.set(attachment.id, attachment)
    if (this.list.some(({ id }) => id === attachment.id)) this.#put(attachment)
  }

  /** What is given belongs to the place where it was given, also when the person goes elsewhere meanwhile. */
  async #take(give: (place: string) => Promise<Attachment[]>, count = 1): Promise<void> {
    const place = this.#place
    this.coming += count
    await this.#try(async () => {
      const files = await give(place)
      if (place === this.#place) for (const file of files) this.#put(file)
      else this.#desks.set(place, [...(this.#desks.get(place) ?? []), ...files])
    })
    this.coming -= count
    this.#wake()
  }

  async #restore(place: string, id: string): Promise<void> {
    await this.#try(async () => {
      const file = await this.#host.attachments.restore(id)
      if (place === this.#place) this.#put(file)
    })
  }

  #put(given: Attachment): void {
    // The news that a file was read may be here before its row is.
    const news = this.#read.get(given.id)
    const file = given.state === 'waiting' && news ? news : given
    this.#read.delete(given.id)
    const rest = this.list.filter(({ id }) => id !== file.id)
    // Ids grow with time: a file that was removed comes back to where it lay.
    const place = rest.filter(({ id }) => id < file.id).length
    this.list = rest.toSpliced(place, 0, file)
    this.#wake()
  }

  #drop(id: string): void {
    this.list = this.list.filter((file) => file.id !== id)
    this.#wake()
  }

  #wake(): void {
    if (this.busy) return
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }
}
