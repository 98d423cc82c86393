// What Midjourney does beside drawing: it mixes, describes, shortens and swaps faces. What is laid out for it lies on desks
// of its own, which outlive a restart; the words that came are kept like pictures.
import type { Attachment } from '../../../bindings/Attachment'
import type { Event } from '../../../bindings/Event'
import type { Generation } from '../../../bindings/Generation'
import type { MakePictures } from '../../../bindings/MakePictures'
import type { PictureEngine } from '../../../bindings/PictureEngine'
import type { PictureTool } from '../../../bindings/PictureTool'
import { failureOf, host } from '../../../host'
import { NO_PICTURE_OPTIONS } from '../../../host/nothing'
import { m } from '../../../paraglide/messages'
import { models } from '../../../state/models.svelte'
import { Presses } from '../../../state/presses'
import { router } from '../../../state/router.svelte'
import { toasts } from '../../../state/toasts.svelte'
import { sizeOf } from '../midjourney/flags'
import { pictures } from '../pictures.svelte'
import { References } from '../references.svelte'

/** How relays list the prices of these. */
const PRICED: Record<PictureTool, string> = {
  mix: 'mj_blend',
  describe: 'mj_describe',
  shorten: 'mj_shorten',
  swap: 'swap_face',
}

const hears = {
  failed: (reason: unknown) => toasts.failed(failureOf(reason)),
  removed: ({ name }: Attachment, undo: () => void) =>
    toasts.show(m.pictures_ref_taken({ name }), { label: m.kit_undo(), run: undo }),
}

class Tools {
  /** Which one is open. */
  open = $state<PictureTool | 'waiting' | null>(null)
  /** The makings of which words came, newest first. */
  told = $state.raw<readonly Generation[]>([])
  sending = $state(false)
  readonly mixed = new References(host, hears, 'pictures-mix')
  readonly described = new References(host, hears, 'pictures-describe')
  readonly face = new References(host, hears, 'pictures-face')
  readonly target = new References(host, hears, 'pictures-target')
  readonly #presses = new Presses()
  #begun = false

  /** Midjourney, where it is chosen on the desk. */
  get engine(): PictureEngine | null {
    const { engine } = pictures.desk
    return engine?.family === 'midjourney' ? engine : null
  }

  /** Opens a tool; with pictures to be laid out for it in place of what lies there. */
  async show(tool: PictureTool | 'waiting', references?: readonly string[]): Promise<void> {
    if (!references) this.open = tool
    if (!this.#begun) host.listen((event) => this.#hear(event))
    this.#begun = true
    await this.#try(async () => {
      await Promise.all([...this.#desks.map((desk) => desk.read()), this.#read()])
      if (references && tool !== 'waiting') await this.#lay(tool, references)
    })
    if (references) this.open = tool
  }

  leave(): void {
    this.open = null
  }

  /** US dollars, where the service publishes it. */
  price(tool: PictureTool): number | null {
    return models.find(this.engine?.serviceId ?? null, PRICED[tool])?.priceCall ?? null
  }

  /** Those of this tool that are not done: what is on its way, and what failed. */
  pending(tool: PictureTool): Generation[] {
    return pictures.makings.list.filter(({ options }) => options.tool === tool)
  }

  toldBy(tool: PictureTool): Generation[] {
    return this.told.filter(({ options }) => options.tool === tool)
  }

  /** Asks for it; answers whether it was accepted. */
  async send(
    tool: PictureTool,
    wish: Partial<Pick<MakePictures, 'prompt' | 'references'>> & { size?: string | null },
  ) {
    const { prompt = '', references = [], size = null } = wish
    const options = { ...NO_PICTURE_OPTIONS, size, tool }
    return this.#make({ prompt, references, options })
  }

  /** Asks for a picture, and goes out of its way. */
  async make(tool: PictureTool, references: string[], size: string | null = null): Promise<void> {
    if (await this.send(tool, { references, size })) this.#watch()
  }

  /** A picture of words that came. */
  async draw(prompt: string): Promise<void> {
    const options = { ...NO_PICTURE_OPTIONS, size: sizeOf(prompt) }
    if (await this.#make({ prompt, references: [], options })) this.#watch()
  }

  /** Words that came into the prompt box, to be changed there. */
  edit(words: string): void {
    const { desk, wall } = pictures
    const before = desk.prompt
    this.leave()
    desk.replace(words)
    router.openPicture(null)
    wall.toHome()
    desk.focus()
    toasts.show(m.words_used(), { label: m.kit_undo(), run: () => desk.replace(before) })
  }

  /** Says that it is being made, with the way there. Nothing that is said is seen behind a dialog. */
  #watch(): void {
    this.leave()
    pictures.said = m.pictures_began()
    const run = () => {
      router.openPicture(null)
      pictures.wall.toHome()
    }
    toasts.show(m.mj_began(), { label: m.mj_watch(), run })
  }

  /** Says that words came, with the way there, unless they are in sight. */
  came({ serviceId, model, options }: Generation): void {
    const { tool } = options
    if (!tool || !serviceId || this.open === tool) return
    const run = () => {
      router.go('pictures')
      router.openPicture(null)
      pictures.desk.choose({ serviceId, model })
      void this.show(tool)
    }
    toasts.show(m.tool_told(), { label: m.tool_told_show(), run })
  }

  /** Takes words out of the list, with a way back. */
  async forget({ id }: Generation): Promise<void> {
    await this.#try(async () => {
      await host.pictures.dismiss(id)
      this.told = this.told.filter((row) => row.id !== id)
      const back = async () => {
        await host.pictures.restoreGeneration(id)
        await this.#read()
      }
      toasts.show(m.pictures_dismissed(), { label: m.kit_undo(), run: () => void this.#try(back) })
    })
  }

  get #desks(): References[] {
    return [this.mixed, this.described, this.face, this.target]
  }

  async #lay(tool: PictureTool, references: readonly string[]): Promise<void> {
    if (tool === 'mix') await this.mixed.lay(references)
    if (tool === 'describe') await this.described.lay(references)
    if (tool !== 'swap') return
    await this.face.lay(references.slice(0, 1))
    await this.target.lay(references.slice(1))
  }

  async #read(): Promise<void> {
    this.told = await host.pictures.told()
  }

  #hear(event: Event): void {
    for (const desk of this.#desks) desk.hear(event)
    if (event.kind === 'generation' && event.generation.state === 'done' && event.generation.options.tool)
      void this.#try(() => this.#read())
  }

  async #make(wish: Pick<MakePictures, 'prompt' | 'references' | 'options'>): Promise<boolean> {
    const { engine } = this
    const hasty = this.#presses.hasty()
    if (hasty || this.sending || !engine) return false
    this.sending = true
    try {
      const { serviceId, model } = engine
      await host.pictures.make({ ...wish, serviceId, model, mask: null, madeFrom: null })
      return true
    } catch (reason) {
      this.#presses.forget()
      toasts.failed(failureOf(reason))
      return false
    } finally {
      this.sending = false
    }
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      toasts.failed(failureOf(reason))
    }
  }
}

export const tools = new Tools()

pictures.toldWords = (generation) => tools.came(generation)
