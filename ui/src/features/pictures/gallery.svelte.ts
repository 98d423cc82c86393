// The pictures that fit what is looked for: their shapes all at once, everything else page by page as it comes near.
import type { Album } from '../../bindings/Album'
import type { Picture } from '../../bindings/Picture'
import type { PictureOutline } from '../../bindings/PictureOutline'
import type { PictureQuery } from '../../bindings/PictureQuery'
import type { PictureShelf } from '../../bindings/PictureShelf'
import type { Host } from '../../host/host'

export const EVERYTHING: PictureQuery = {
  search: '',
  starred: false,
  model: null,
  shape: null,
  origin: null,
  since: null,
  until: null,
  album: null,
  twice: false,
}
const PAGE = 120
/** Pages beyond this are forgotten, those longest out of sight first. */
const KEPT = 40

export class Gallery {
  query = $state.raw<PictureQuery>(EVERYTHING)
  /** Null until it was read for the first time. */
  outline = $state.raw<PictureOutline | null>(null)
  /** How many there are in all and with a star, and all albums. */
  shelf = $state.raw<PictureShelf>({ all: 0, starred: 0, albums: [] })
  /** Counts the times something other was looked for, so that the view can go to the beginning. */
  turned = $state(0)
  /** Moves whenever rows came. */
  #came = $state(0)
  #pages = new Map<number, Picture[]>()
  #wanted: [number, number] = [0, 0]
  #loading = false
  #reading: Promise<void> | null = null
  #stale = false
  /** Grows with every new outline: rows of an older one come too late. */
  #turn = 0
  readonly #host: Host
  readonly #failed: (reason: unknown) => void

  constructor(host: Host, failed: (reason: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  get plain(): boolean {
    return same(this.query, EVERYTHING)
  }

  get count(): number {
    return this.outline?.ratios.length ?? 0
  }

  /** The number of every picture, in the order of the list. */
  get keys(): readonly number[] {
    return this.outline?.keys ?? []
  }

  /** The album that is looked through. */
  get album(): Album | undefined {
    return this.shelf.albums.find(({ id }) => id === this.query.album)
  }

  /** A picture by its place, when its row is here. */
  at(index: number): Picture | undefined {
    void this.#came
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE]
  }

  /** Its place among the rows that are here; -1 elsewhere. */
  indexOf(id: string): number {
    for (const [page, rows] of this.#pages) {
      const found = rows.findIndex((row) => row.id === id)
      if (found >= 0) return page * PAGE + found
    }
    return -1
  }

  /** Those of these pictures whose rows are here. */
  rowsOf(keys: ReadonlySet<number>): Picture[] {
    void this.#came
    return [...this.#pages].flatMap(([page, rows]) =>
      rows.filter((_, at) => keys.has(this.keys[page * PAGE + at] ?? -1)),
    )
  }

  async look(part: Partial<PictureQuery>): Promise<void> {
    const query = { ...this.query, ...part }
    if (same(query, this.query)) return
    this.query = query
    this.#wanted = [0, 0]
    await this.read()
    if (query === this.query) this.turned++
  }

  /** Reads the list anew; what is shown stays until all of it is here. Many calls at once are one or two readings. */
  read(): Promise<void> {
    this.#stale = true
    this.#reading ??= this.#readAll()
    return this.#reading
  }

  /** The rows of these places are needed now, or soon. */
  want(from: number, to: number): void {
    this.#wanted = [from, to]
    if (!this.#loading) void this.#load()
  }

  /** Shows a change before the engine confirms it. */
  change(ids: readonly string[], part: Partial<Picture>): void {
    for (const [page, rows] of this.#pages) {
      if (rows.some(({ id }) => ids.includes(id)))
        this.#pages.set(
          page,
          rows.map((row) => (ids.includes(row.id) ? { ...row, ...part } : row)),
        )
    }
    this.#came++
  }

  async #readAll(): Promise<void> {
    while (this.#stale) {
      this.#stale = false
      try {
        await this.#readOnce(this.query)
      } catch (reason) {
        this.#failed(reason)
      }
    }
    // At once: whoever asks a moment later would wait for a reading that has ended.
    this.#reading = null
  }

  async #readOnce(query: PictureQuery): Promise<void> {
    const { pictures } = this.#host
    const wanted = this.#missing(new Map())
    const [outline, shelf, ...rows] = await Promise.all([
      pictures.outline(query),
      pictures.shelf(),
      ...wanted.map((page) => pictures.rows(query, page * PAGE, PAGE)),
    ])
    if (query !== this.query) {
      this.#stale = true
      return
    }
    this.#turn++
    this.#pages = new Map(wanted.map((page, at) => [page, rows[at] ?? []]))
    this.shelf = shelf
    this.outline = outline
    this.#came++
    this.want(...this.#wanted)
    // Somebody may have deleted the album that is looked through.
    if (query.album !== null && !this.album) void this.look({ album: null })
  }

  /** Pages that are wanted and not here. */
  #missing(pages: ReadonlyMap<number, unknown>): number[] {
    const [from, to] = this.#wanted
    const missing: number[] = []
    for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++)
      if (!pages.has(page)) missing.push(page)
    return missing
  }

  async #load(): Promise<void> {
    this.#loading = true
    try {
      // What is wanted may change while a page is on its way: the newest wish counts.
      for (let page = this.#next(); page !== undefined; page = this.#next()) {
        const turn = this.#turn
        const rows = await this.#host.pictures.rows(this.query, page * PAGE, PAGE)
        if (turn !== this.#turn) continue
        this.#pages.set(page, rows)
        this.#forget()
        this.#came++
      }
    } catch (reason) {
      this.#failed(reason)
    } finally {
      this.#loading = false
    }
  }

  #next(): number | undefined {
    return this.#missing(this.#pages).find((page) => page * PAGE < this.count)
  }

  #forget(): void {
    const [from] = this.#wanted
    const far = (page: number) => Math.abs(page - from / PAGE)
    const pages = [...this.#pages.keys()].toSorted((one, other) => far(one) - far(other))
    for (const page of pages.slice(KEPT)) this.#pages.delete(page)
  }
}

function same(one: PictureQuery, other: PictureQuery): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
