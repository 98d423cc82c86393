// The desk of "Pictures": what is wished for, with what, and how. All of it is kept while it is typed, so it is here
// again after a restart; after "Create" the words stay, because the next picture is mostly a variation.
import type { Attachment } from '../../bindings/Attachment'
import type { MakePictures } from '../../bindings/MakePictures'
import type { PictureEngine } from '../../bindings/PictureEngine'
import type { PictureOptions } from '../../bindings/PictureOptions'
import type { PictureTool } from '../../bindings/PictureTool'
import type { Problem } from '../../bindings/Problem'
import { Failure, failureOf, problem } from '../../host/failure'
import type { Host } from '../../host/host'
import { NO_PICTURE_OPTIONS } from '../../host/nothing'
import { m } from '../../paraglide/messages'
import { faultIn, faultWords, fieldsIn } from '../../parts/extra'
import { Presses } from '../../state/presses'
import { isMissing, say, takesPictures, type Say } from './along'
import { isPainted, type Painting } from './brush/marks'
import { sizeOf } from './midjourney/flags'
import { fitted, sent, typedSize } from './options'
import { PLACE, type References } from './references.svelte'
import { MIDJOURNEY } from './words'

const OFTEN_MS = 300
/** What a wish says in fields of its own, at the images API and in a chat. */
const SAID: readonly string[] = ['prompt', 'messages', 'model']
const REMEMBERED = 30

interface Draft {
  prompt: string
  serviceId: string | null
  model: string
  options: PictureOptions
  painting: Painting | null
  favourites: string[]
  extra: string
  size: string | null
}

/** What another picture was made of, to make more like it. */
export interface Wish {
  prompt: string
  serviceId: string | null
  model: string
  options: PictureOptions | null
  madeFrom?: string | null
  /** The pictures that went along with what was asked of a tool. */
  references?: readonly string[]
  /** The word that its service does not allow; "" where it does not say which. */
  marked?: string | undefined
}

/** A tool that is wanted again. */
export interface ToolWish {
  tool: PictureTool
  /** What is laid out for it; what lies there when left out. */
  references?: readonly string[] | undefined
}

export class Desk {
  prompt = $state('')
  engines = $state.raw<readonly PictureEngine[] | null>(null)
  options = $state.raw<PictureOptions>(NO_PICTURE_OPTIONS)
  /** More fields as JSON, as they are typed. */
  extra = $state('')
  /** A size of one's own as it is typed; null while it is not touched. */
  size = $state<string | null>(null)
  /** A wish is on its way to be written down. */
  creating = $state(false)
  problem = $state.raw<Problem | null>(null)
  /** Prompts used before, newest first. */
  earlier = $state.raw<readonly string[]>([])
  /** Prompts with a star, the newest first. */
  favourites = $state.raw<readonly string[]>([])
  /** Counts wishes to type here. */
  wanted = $state(0)
  /** The list of engines is open. */
  choosing = $state(false)
  /** What is painted over one of the pictures that go along. */
  painting = $state.raw<Painting | null>(null)
  /** A tool that is wanted again. */
  tool = $state.raw<ToolWish | null>(null)
  /** Opens the pop-up of a press again that came to nothing. */
  pressAgain: ((wish: Wish) => void) | null = null
  /** A word of the prompt to be changed: its service does not allow it. */
  marked = ''
  /** The picture that is being painted on. */
  paintingOn = $state.raw<string | null>(null)
  readonly references: References
  #chosen = $state.raw<{ serviceId: string | null; model: string }>({ serviceId: null, model: '' })
  #madeFrom: string | null = null
  readonly #presses = new Presses()
  #written = ''
  #soon: ReturnType<typeof setTimeout> | undefined
  /** Which of the earlier prompts stands on the desk, and what was typed before it. */
  #shown = -1
  #typed = ''
  readonly #host: Host
  readonly #failed: (reason: unknown) => void

  constructor(host: Host, references: References, failed: (reason: unknown) => void) {
    this.#host = host
    this.references = references
    this.#failed = failed
  }

  /** The engine that will be asked: the chosen one, else a favourite, else any. */
  get engine(): PictureEngine | null {
    const all = this.engines ?? []
    const { serviceId, model } = this.#chosen
    return (
      all.find((one) => one.serviceId === serviceId && one.model === model) ??
      all.find((one) => one.favourite && !isMissing(one)) ??
      all.find((one) => !isMissing(one)) ??
      all[0] ??
      null
    )
  }

  /** The prompt is longer than the engine reads. */
  get tooLong(): boolean {
    const limit = this.engine?.promptLimit ?? null
    return limit !== null && [...this.prompt].length > limit
  }

  /** Why what was typed as further fields is not sent; "" where it is. */
  get extraWrong(): string {
    return faultWords(faultIn(this.extra, this.#said))
  }

  /** Why what was typed as a size cannot be asked for; "" where it can, and where no size of one's own is taken. */
  get sizeWrong(): string {
    const { size, engine } = this
    if (size === null || size.trim() === '' || !engine?.anySize) return ''
    return typedSize(size) === null ? m.pictures_own_size_wrong() : ''
  }

  /** What further fields cannot replace. Where one chooses how many, the price shown is that of so many. */
  get #said(): readonly string[] {
    return (this.engine?.maxCount ?? 1) > 1 ? [...SAID, 'n'] : SAID
  }

  /** The pictures on the desk; the one that is painted on is the first, for it is the one that is changed. */
  get along(): readonly Attachment[] {
    const { list } = this.references
    const first = list.filter(({ id }) => id === this.painted?.of)
    return [...first, ...list.filter((file) => !first.includes(file))]
  }

  /** What is painted, where that is more than nothing and its picture lies here. */
  get painted(): Painting | null {
    const { painting } = this
    const lies = this.references.list.some(({ id }) => id === painting?.of)
    return lies && isPainted(painting) ? painting : null
  }

  /** What there is to say about the pictures on the desk. */
  says(service: string): Say | null {
    const { engine } = this
    return engine && say(engine, this.references.list, { painted: this.painted !== null, service })
  }

  paint(painting: Painting): void {
    if (painting.marks.length === 0 && this.painting?.of !== painting.of) return
    this.painting = painting.marks.length > 0 ? painting : null
    this.#later()
  }

  /** What lay here when it was last left. */
  lay(text: string): void {
    this.#written = text
    const draft = read(text)
    if (!draft) return
    this.prompt = draft.prompt
    this.options = { ...NO_PICTURE_OPTIONS, ...draft.options }
    this.#chosen = { serviceId: draft.serviceId, model: draft.model }
    this.painting = draft.painting
    this.favourites = draft.favourites
    this.extra = draft.extra
    this.size = draft.size
  }

  type(prompt: string): void {
    this.prompt = prompt
    this.problem = null
    this.#shown = -1
    this.#later()
  }

  choose(engine: Pick<PictureEngine, 'serviceId' | 'model'>): void {
    this.#chosen = { serviceId: engine.serviceId, model: engine.model }
    this.problem = null
    this.tool = null
    this.size = null
    if (this.engine) this.options = fitted(this.options, this.engine)
    this.#later()
  }

  set(part: Partial<PictureOptions>): void {
    this.options = { ...this.options, ...part }
    // Another size takes the place of what was typed.
    if (part.size !== undefined) this.size = null
    this.#later()
  }

  typeSize(typed: string): void {
    const size = typedSize(typed)
    const before = this.options.size
    const wasOwn = before !== null && !this.engine?.sizes.includes(before)
    if (size !== null || wasOwn) this.set({ size })
    this.size = typed
    this.#later()
  }

  typeExtra(extra: string): void {
    this.extra = extra
    this.#later()
  }

  /** Prompt and settings of another picture. */
  take(wish: Wish): void {
    const { prompt, serviceId, model, options, madeFrom = null, marked, references } = wish
    const tool = options?.tool ?? null
    if (options?.press && madeFrom && marked !== undefined) return this.pressAgain?.(wish)
    const isThere = this.engines?.some((one) => one.serviceId === serviceId && one.model === model) ?? false
    // What was asked of a tool is asked there again, and nowhere else.
    if (tool && !isThere) return this.#failed(new Failure(problem('service_gone')))
    if (isThere) this.#chosen = { serviceId, model }
    if (tool) {
      if (tool === 'shorten') this.replace(prompt)
      this.tool = { tool, references }
      return
    }
    this.marked = marked ?? ''
    this.replace(prompt)
    this.#madeFrom = madeFrom
    if (options) {
      const own: PictureOptions = { ...NO_PICTURE_OPTIONS, ...options, extra: {} }
      // What was pressed or asked of a tool is no setting.
      delete own.press
      delete own.tool
      // The size of a task is that of its tile only; another engine is not asked for it.
      this.options = !isThere && model === MIDJOURNEY ? { ...own, size: null, count: 1 } : own
      this.extra = written(options.extra)
      this.size = null
    }
    if (this.engine) this.options = fitted(this.options, this.engine)
    this.focus()
  }

  /** Another prompt in place of what is typed, which stays among the earlier ones. */
  replace(prompt: string): void {
    if (this.prompt.trim() !== '' && this.prompt !== prompt) this.remember([this.prompt, ...this.earlier])
    this.type(prompt)
  }

  focus(): void {
    this.wanted++
  }

  /** Walks through earlier prompts; answers whether there was one to show. */
  recall(step: 1 | -1): boolean {
    const next = this.#shown + step
    if (next < -1 || next >= this.earlier.length) return false
    if (this.#shown === -1) this.#typed = this.prompt
    this.prompt = next === -1 ? this.#typed : (this.earlier[next] ?? '')
    this.#shown = next
    this.#later()
    return true
  }

  /** Whether an earlier prompt stands here untouched. */
  get recalling(): boolean {
    return this.#shown >= 0
  }

  /** Sets or takes away the star of a prompt. */
  toggleFavourite(prompt: string): void {
    const rest = this.favourites.filter((one) => one !== prompt)
    this.favourites = rest.length === this.favourites.length ? [prompt, ...rest] : rest
    this.#later()
  }

  remember(prompts: readonly string[]): void {
    const words = prompts.map((prompt) => prompt.trim()).filter(Boolean)
    this.earlier = [...new Set(words)].slice(0, REMEMBERED)
  }

  /** Hands the wish over; answers whether it was accepted. */
  async create(): Promise<boolean> {
    const [engine, prompt] = [this.engine, this.prompt.trim()]
    // A picture that was dropped goes along; it is only on its way.
    if (this.references.coming > 0) return false
    const hasty = this.#presses.hasty()
    if (hasty || !engine || prompt === '' || this.tooLong || this.creating) return false
    if (this.sizeWrong || this.says('')?.blocks) return false
    this.creating = true
    this.problem = null
    try {
      const { serviceId, model } = engine
      const isMidjourney = engine.family === 'midjourney'
      // What is chosen stands in the prompt; the size is for the place that the picture will have.
      const options = isMidjourney
        ? { ...NO_PICTURE_OPTIONS, size: sizeOf(prompt) }
        : { ...sent(this.options, engine), extra: fieldsIn(this.extra, this.#said) }
      await this.#host.pictures.make({
        serviceId,
        model,
        prompt,
        options,
        ...this.#wellsFor(engine),
        madeFrom: this.#madeFrom,
      })
      this.#madeFrom = null
      this.remember([prompt, ...this.earlier])
      return true
    } catch (reason) {
      this.problem = failureOf(reason).problem
      this.#presses.forget()
      return false
    } finally {
      this.creating = false
    }
  }

  /** What goes along to an engine. */
  #wellsFor(engine: PictureEngine): Pick<MakePictures, 'references' | 'mask'> {
    if (!takesPictures(engine)) return { references: [], mask: null }
    const references = this.along.flatMap(({ media }) => (media ? [media.id] : []))
    const { painted } = this
    if (!painted || !engine.masks) return { references, mask: null }
    const { width, height, marks } = painted
    return { references, mask: { width, height, marks: [...marks] } }
  }

  /** Writes everything down now. */
  async keep(): Promise<void> {
    clearTimeout(this.#soon)
    this.#soon = undefined
    const { prompt, options, painting, favourites, extra, size } = this
    const words = { prompt, extra, size }
    const draft: Draft = { ...words, ...this.#chosen, options, painting, favourites: [...favourites] }
    const text = JSON.stringify(draft)
    if (text === this.#written) return
    const before = this.#written
    this.#written = text
    try {
      await this.#host.chat.saveDraft(PLACE, text)
    } catch (reason) {
      this.#written = before
      this.#failed(reason)
    }
  }

  #later(): void {
    this.#soon ??= setTimeout(() => void this.keep(), OFTEN_MS)
  }
}

/** Further fields as one would type them. */
function written(fields: Record<string, unknown>): string {
  return Object.keys(fields).length > 0 ? JSON.stringify(fields, null, 2) : ''
}

/** A draft as an older or newer Medley may have written it. */
function read(text: string): Draft | null {
  if (text === '') return null
  try {
    const draft = JSON.parse(text) as Partial<Draft>
    return {
      prompt: typeof draft.prompt === 'string' ? draft.prompt : '',
      serviceId: draft.serviceId ?? null,
      model: draft.model ?? '',
      options: { ...NO_PICTURE_OPTIONS, ...draft.options },
      painting: draft.painting ?? null,
      favourites: draft.favourites ?? [],
      extra: draft.extra ?? '',
      size: draft.size ?? null,
    }
  } catch {
    // Not ours: it is words, and words are kept.
    return {
      prompt: text,
      serviceId: null,
      model: '',
      options: NO_PICTURE_OPTIONS,
      painting: null,
      favourites: [],
      extra: '',
      size: null,
    }
  }
}
