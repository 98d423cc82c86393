// The place "Pictures" as one: desk, makings and gallery, filled when it is first opened and kept true from then on.
import { failureOf, host } from '../../host'
import { m } from '../../paraglide/messages'
import { router } from '../../state/router.svelte'
import { toasts } from '../../state/toasts.svelte'
import type { PicturePage } from '../../bindings/PicturePage'
import type { Event } from '../../bindings/Event'
import type { Generation } from '../../bindings/Generation'
import type { Picture } from '../../bindings/Picture'
import { Chosen } from './chosen.svelte'
import { Desk } from './desk.svelte'
import { EVERYTHING, Gallery } from './gallery.svelte'
import { importing } from './importing.svelte'
import { Makings } from './makings.svelte'
import { References } from './references.svelte'
import { saving } from './saving.svelte'
import { Wall } from './wall.svelte'

/** So many of the newest pictures lend their prompts to the desk. */
const REMEMBERED_FROM = 60

const failed = (reason: unknown) => toasts.failed(failureOf(reason))

class Pictures {
  readonly references = new References(host, {
    failed,
    removed: ({ name }, undo) =>
      toasts.show(m.pictures_ref_taken({ name }), { label: m.kit_undo(), run: undo }),
  })
  readonly desk = new Desk(host, this.references, failed)
  readonly gallery = new Gallery(host, failed)
  readonly makings = new Makings(host, {
    ended: () => this.gallery.read(),
    dismissed: (how, undo) => {
      const words = how === 'cancelled' ? m.pictures_cancelled() : m.pictures_dismissed()
      toasts.show(words, { label: m.kit_undo(), run: undo })
    },
    failed,
  })
  readonly wall = new Wall((from, to) => this.gallery.want(from, to))
  readonly chosen = new Chosen()
  /** Says where the words are that came of a making. */
  toldWords: ((generation: Generation) => void) | null = null
  /** What a screen reader says now. */
  said = $state('')
  #begun: Promise<void> | null = null

  /** Reads everything the place shows; once. */
  begin(): Promise<void> {
    this.#begun ??= this.#begin()
    return this.#begun
  }

  /** Reads it all again, for tests and after the engine was exchanged. */
  async renew(): Promise<void> {
    await Promise.all([
      this.engines(),
      this.makings.read().catch(failed),
      this.references.read().catch(failed),
      this.gallery.read(),
    ])
    await this.#remember().catch(failed)
  }

  async create(): Promise<void> {
    if (!(await this.desk.create())) return
    this.said = m.pictures_began()
    // What is being made stands at the beginning of the whole gallery.
    await this.gallery.look(EVERYTHING)
    this.wall.toHome()
  }

  /** Chooses from one place on the wall to another; what is being made cannot be chosen. */
  reach(from: number, to: number): void {
    const lead = this.wall.makings.length
    if (Math.max(from, to) < lead) return
    this.chosen.reach(this.gallery.keys, Math.max(0, from - lead), Math.max(0, to - lead))
  }

  async star(picture: Picture, starred = !picture.starred): Promise<void> {
    this.gallery.change([picture.id], { starred })
    try {
      await host.pictures.star([picture.id], starred)
    } catch (reason) {
      this.gallery.change([picture.id], { starred: !starred })
      failed(reason)
    }
  }

  /** To the recycle bin, with a way back. Answers whether it went. */
  async remove(picture: Picture): Promise<boolean> {
    try {
      await host.pictures.remove([picture.id])
      toasts.show(m.pictures_deleted(), { label: m.kit_undo(), run: () => void this.#restore(picture.id) })
      return true
    } catch (reason) {
      failed(reason)
      return false
    }
  }

  async save({ id }: Picture): Promise<void> {
    try {
      if (await host.pictures.saveOriginal(id)) toasts.show(m.media_saved())
    } catch (reason) {
      failed(reason)
    }
  }

  async fetchAgain({ id }: Picture): Promise<void> {
    try {
      await host.pictures.fetchAgain(id)
    } catch (reason) {
      failed(reason)
    }
  }

  async copy({ id }: Picture): Promise<void> {
    try {
      await host.pictures.copy(id)
      toasts.show(m.pictures_copied())
    } catch (reason) {
      failed(reason)
    }
  }

  /** Prompt and settings of a picture onto the desk. */
  async more({ id }: Picture, known?: PicturePage): Promise<void> {
    try {
      const { picture, generation } = known ?? (await host.pictures.picture(id))
      const { prompt, serviceId, model } = picture
      // Settings of another program are none of ours.
      const options = picture.origin === 'imported' ? null : (generation?.options ?? null)
      // What went along then goes along again; what a tool worked on lies on the tool's own desk.
      const along = generation?.kind === 'variation' ? [] : (generation?.references ?? [])
      this.desk.take({ prompt, serviceId, model, options, madeFrom: id, references: along })
      if (options?.tool && !this.desk.tool) return
      if (!options?.tool) for (const media of along) await this.references.use(media)
      router.openPicture(null)
      this.wall.toHome()
    } catch (reason) {
      failed(reason)
    }
  }

  async #begin(): Promise<void> {
    host.listen((event) => this.#hear(event))
    try {
      this.desk.lay(await host.pictures.draft())
    } catch (reason) {
      failed(reason)
    }
    await this.renew()
  }

  #hear(event: Event): void {
    this.makings.hear(event)
    this.references.hear(event)
    saving.hear(event)
    importing.hear(event)
    if (event.kind === 'pictures') void this.gallery.read()
    if (['models', 'service', 'serviceGone', 'pictureEngines'].includes(event.kind)) void this.engines()
    if (event.kind === 'generation' && event.generation.state === 'done') {
      this.said = event.generation.task?.words ? m.tool_told() : m.pictures_done()
      if (event.generation.task?.words) this.toldWords?.(event.generation)
    }
    if (event.kind === 'generation' && event.generation.state === 'failed') this.said = m.pictures_failed()
  }

  /** Reads anew what there is to make pictures with. */
  async engines(): Promise<void> {
    try {
      this.desk.engines = await host.pictures.engines()
    } catch (reason) {
      failed(reason)
    }
  }

  async #remember(): Promise<void> {
    const rows = await host.pictures.rows(EVERYTHING, 0, REMEMBERED_FROM)
    const made = this.makings.list.filter(({ options }) => !options.tool).map(({ prompt }) => prompt)
    this.desk.remember([...made, ...rows.map(({ prompt }) => prompt)])
  }

  async #restore(id: string): Promise<void> {
    try {
      await host.pictures.restore([id])
    } catch (reason) {
      failed(reason)
    }
  }
}

export const pictures = new Pictures()
