// From a picture of the gallery back to the desk: as a reference, to be changed, or straight to four more like it.
import type { Picture } from '../../bindings/Picture'
import type { PictureEngine } from '../../bindings/PictureEngine'
import { host } from '../../host'
import { m } from '../../paraglide/messages'
import { router } from '../../state/router.svelte'
import { attempt, toasts } from '../../state/toasts.svelte'
import { isMissing, takesPictures, varies } from './along'
import { pictures } from './pictures.svelte'

/** Those of the picture's own model first, then of its service. */
function nearest(engines: readonly PictureEngine[], { serviceId, model }: Picture): PictureEngine | null {
  const same = engines.filter((one) => one.serviceId === serviceId)
  return same.find((one) => one.model === model) ?? same[0] ?? engines[0] ?? null
}

/** The one that is chosen, if it can do it; else the nearest that can. It is then chosen, and that is said. */
function choose(can: (engine: PictureEngine) => boolean, picture: Picture): boolean {
  const { desk } = pictures
  if (desk.engine && can(desk.engine)) return true
  const other = nearest((desk.engines ?? []).filter(can), picture)
  if (!other) return false
  desk.choose(other)
  toasts.show(m.pictures_edit_with({ engine: other.label }))
  return true
}

function toDesk() {
  router.openPicture(null)
  pictures.wall.toHome()
  pictures.desk.focus()
}

export const madeFrom = {
  /** The engine that makes others like a picture, also where its service is known not to have that. */
  varier(engines: readonly PictureEngine[], picture: Picture): PictureEngine | null {
    const all = engines.filter((one) => one.variations && !isMissing(one))
    return nearest(all.filter(varies), picture) ?? nearest(all, picture)
  },

  async use(picture: Picture): Promise<void> {
    if (!picture.mediaId || !(await pictures.references.use(picture.mediaId))) return
    if (choose(takesPictures, picture)) toasts.show(m.pictures_ref_used())
    else toasts.show(m.pictures_edit_none())
    toDesk()
  },

  async edit(picture: Picture): Promise<void> {
    const paints = (one: PictureEngine) => takesPictures(one) && one.masks
    if (!choose(paints, picture) && !choose(takesPictures, picture))
      return toasts.show(m.pictures_edit_none())
    const row = picture.mediaId && (await pictures.references.use(picture.mediaId))
    if (!row) return
    toDesk()
    const { desk } = pictures
    if (desk.painted && desk.painted.of !== row.id) return toasts.show(m.pictures_edit_other())
    if (desk.engine?.masks && row.media?.width) desk.paintingOn = row.id
  },

  vary({ id }: Picture, { serviceId, model }: PictureEngine): Promise<boolean> {
    return attempt(async () => {
      await host.pictures.vary(id, serviceId, model)
      toasts.show(m.pictures_varying())
    })
  },

  tryAnyway({ serviceId, model }: PictureEngine): Promise<boolean> {
    return attempt(() => host.pictures.tryAnyway(serviceId, model))
  },
}
