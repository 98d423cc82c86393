// The files that lie on the desk and go along with the next question: theirs is the draft of a place, so they are
// there again after a restart. The window knows their ids and names, never where on the disk they lie.
import { SvelteMap } from 'svelte/reactivity'
import type { Attachment } from '../../../bindings/Attachment'
import type { Event } from '../../../bindings/Event'
import type { Host } from '../../../host/host'

export interface Hears {
  failed(reason: unknown): void
  /** A file left the desk; `undo` brings it back. */
  removed(file: Attachment, undo: () => void): void
}

export class Attachments {
  readonly #host: Host
  readonly #hears: Hears
  #place = $state('')
  /** What lies on the desks, by place; those that were left are brought along again, but for the first. */
  readonly #desks = new SvelteMap<string, readonly Attachment[]>()
  /** How many files are handed over and have no row yet, by place. */
  readonly #coming = new SvelteMap<string, number>()
  readonly list = $derived(this.#at(this.#place))
  readonly coming = $derived(this.#coming.get(this.#place) ?? 0)
  readonly #read = new Map<string, Attachment>()
  #waiting: (() => void)[] = []

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
  }

  /** Another place: what lies on its desk, as it was left or as it is brought along. */
  goTo(place: string, brought?: readonly Attachment[]): void {
    this.#place = place
    if (brought) this.#lay(place, brought)
  }

  /** What lay at `from` went along with a question; the desk is now that of the conversation `to`. */
  sent(from: string, to: string): void {
    this.#desks.delete(from)
    if (this.#place === from) this.goTo(to, [])
  }

  /** Opens the system's dialog. */
  pick(): Promise<void> {
    return this.#take((place) => this.#host.attachments.pick(place), 0)
  }

  /** Takes files as the page has them: pasted ones. */
  async paste(files: readonly File[], place: string = this.#place): Promise<void> {
    for (const file of files) {
      await this.#take(
        async () => {
          const bytes = new Uint8Array(await file.arrayBuffer())
          return [await this.#host.attachments.add(place, file.name, bytes)]
        },
        1,
        place,
      )
    }
  }

  /** Takes what was dropped on the window. */
  drop(count: number): Promise<void> {
    return this.#take((place) => this.#host.attachments.takeDropped(place), count)
  }

  /** A file that another place put on a desk. */
  bring(place: string, file: Attachment): void {
    this.#put(place, file)
    this.#wake()
  }

  link(address: string): Promise<void> {
    return this.#take(async (place) => [await this.#host.attachments.link(place, address)])
  }

  async remove(file: Attachment): Promise<void> {
    const place = this.#place
    await this.#try(async () => {
      await this.#host.attachments.remove(file.id)
      this.#lay(
        place,
        this.#at(place).filter(({ id }) => id !== file.id),
      )
      this.#hears.removed(file, () => void this.#restore(place, file.id))
    })
  }

  retry(file: Attachment): Promise<void> {
    const place = this.#place
    return this.#try(async () => this.#put(place, await this.#host.attachments.retry(file.id)))
  }

  look(file: Attachment, detail: string): Promise<void> {
    const place = this.#place
    return this.#try(async () => this.#put(place, await this.#host.attachments.setDetail(file.id, detail)))
  }

  /** Resolves once everything given at a place is read, or could not be. */
  async settled(place: string): Promise<void> {
    const busy = () =>
      (this.#coming.get(place) ?? 0) > 0 || this.#at(place).some(({ state }) => state === 'waiting')
    while (busy()) await new Promise<void>((wake) => this.#waiting.push(wake))
  }

  hear(event: Event): void {
    if (event.kind !== 'attachment') return
    const { attachment } = event
    this.#read.set(attachment.id, attachment)
    for (const [place, files] of this.#desks)
      if (files.some(({ id }) => id === attachment.id)) this.#put(place, attachment)
  }

  /** What is given belongs to the place where it was given, also when the person goes elsewhere meanwhile. */
  async #take(
    give: (place: string) => Promise<Attachment[]>,
    count = 1,
    place: string = this.#place,
  ): Promise<void> {
    this.#comes(place, count)
    await this.#try(async () => {
      for (const file of await give(place)) this.#put(place, file)
    })
    this.#comes(place, -count)
    this.#wake()
  }

  async #restore(place: string, id: string): Promise<void> {
    await this.#try(async () => {
      this.#put(place, await this.#host.attachments.restore(id))
    })
  }

  #at(place: string): readonly Attachment[] {
    return this.#desks.get(place) ?? []
  }

  #lay(place: string, files: readonly Attachment[]): void {
    this.#desks.set(place, files)
    this.#wake()
  }

  #comes(place: string, count: number): void {
    this.#coming.set(place, (this.#coming.get(place) ?? 0) + count)
  }

  #put(place: string, given: Attachment): void {
    // The news that a file was read may be here before its row is.
    const news = this.#read.get(given.id)
    const file = given.state === 'waiting' && news ? news : given
    this.#read.delete(given.id)
    const rest = this.#at(place).filter(({ id }) => id !== file.id)
    // Ids grow with time: a file that was removed comes back to where it lay.
    const before = rest.filter(({ id }) => id < file.id).length
    this.#lay(place, rest.toSpliced(before, 0, file))
  }

  #wake(): void {
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
