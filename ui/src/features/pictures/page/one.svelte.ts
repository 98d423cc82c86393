// The picture that is looked at alone, with its making, and its neighbours in the gallery as it was looked through.
import type { Picture } from '../../../bindings/Picture'
import type { PicturePage } from '../../../bindings/PicturePage'
import { failureOf, host } from '../../../host'
import { router } from '../../../state/router.svelte'
import { toasts } from '../../../state/toasts.svelte'
import { pictures } from '../pictures.svelte'

class One {
  page = $state.raw<PicturePage | null>(null)
  /** Its place in the gallery that was looked through; -1 when it is not there. */
  index = $state(-1)
  /** The pictures that led here through families, the last one at the end. */
  trail = $state.raw<readonly string[]>([])
  #count = 0

  get picture(): Picture | null {
    return this.page?.picture ?? null
  }

  /** A newer one, if there is one. */
  get newer(): boolean {
    return this.index > 0
  }

  get older(): boolean {
    return this.index >= 0 && this.index < pictures.gallery.count - 1
  }

  /** Shows a picture; what was shown stays until it is read. */
  async show(id: string): Promise<void> {
    try {
      const page = await host.pictures.picture(id)
      if (router.picture !== id) return
      this.page = page
      const { gallery } = pictures
      const found = gallery.indexOf(id)
      this.index = found >= 0 || !gallery.plain ? found : (page.index ?? -1)
      this.#count = gallery.count
      // The neighbours are here before they are asked for.
      if (this.index >= 0) gallery.want(Math.max(0, this.index - 1), this.index + 1)
    } catch (reason) {
      if (router.picture !== id) return
      router.openPicture(null)
      toasts.failed(failureOf(reason))
    }
  }

  /** The list changed: new pictures come before this one, and it may itself be another than before. */
  async renew(): Promise<void> {
    const id = router.picture
    if (id === null) return
    if (this.index >= 0) this.index += pictures.gallery.count - this.#count
    await this.show(id)
  }

  /** To another of the family, with a way back. */
  walk(id: string, from: string): void {
    const { trail } = this
    this.open(id)
    this.trail = [...trail, from]
  }

  /** To the picture that led here, else to the gallery. */
  back(): void {
    const before = this.trail.at(-1)
    const trail = this.trail.slice(0, -1)
    if (before === undefined) router.openPicture(null)
    else this.open(before)
    this.trail = trail
  }

  step(by: 1 | -1): void {
    const next = pictures.gallery.at(this.index + by)
    if (next) this.open(next.id)
    else if (by === 1 ? this.older : this.newer) pictures.gallery.want(this.index + by, this.index + by)
  }

  /** The one before on the way takes its place, else the next picture; after the last one the gallery does. */
  async remove(): Promise<void> {
    const { picture } = this
    if (!picture) return
    const { index } = this
    // One that the gallery does not show now has no neighbours there.
    const near = index < 0 ? undefined : (pictures.gallery.at(index + 1) ?? pictures.gallery.at(index - 1))
    if (!(await pictures.remove(picture)) || router.picture !== picture.id) return
    if (this.trail.length > 0) this.back()
    else if (near && near.id !== picture.id) this.open(near.id)
    else router.openPicture(null)
  }

  async star(): Promise<void> {
    const { page } = this
    if (!page) return
    const starred = !page.picture.starred
    this.page = { ...page, picture: { ...page.picture, starred } }
    await pictures.star(page.picture, starred)
  }

  open(id: string): void {
    this.trail = []
    router.openPicture(id)
    const at = pictures.gallery.indexOf(id)
    // Back in the gallery the focus is where the person stopped looking.
    if (at >= 0) pictures.wall.at = at + pictures.wall.makings.length
  }
}

export const one = new One()
