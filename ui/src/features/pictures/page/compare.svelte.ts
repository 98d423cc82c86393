// Two pictures looked at together: which other one, and how they are laid.
import type { Picture } from '../../../bindings/Picture'
import type { PicturePage } from '../../../bindings/PicturePage'
import { failureOf, host } from '../../../host'
import { router } from '../../../state/router.svelte'
import { toasts } from '../../../state/toasts.svelte'
import { pictures } from '../pictures.svelte'
import { one } from './one.svelte'

/** So many neighbours of the gallery are offered on each side. */
const NEAR = 12

class Compare {
  other = $state.raw<PicturePage | null>(null)
  /** The other one is being chosen. */
  choosing = $state(false)
  /** Side by side, else one over the other. */
  beside = $state(false)
  /** How much of the pane shows this one, percent. */
  share = $state(50)

  /** Whom it can be compared with: its family, then what lies around it in the gallery. */
  get offered(): Picture[] {
    const { picture, page, index } = one
    const near = Array.from({ length: 2 * NEAR + 1 }, (_, at) => pictures.gallery.at(index - NEAR + at))
    const family = page ? [...page.family.madeFrom, ...page.family.madeWith, ...page.family.madeInto] : []
    const all = [...family, ...near].filter((known) => known !== undefined)
    const shown = all.filter(({ id, mediaId, state }) => id !== picture?.id && mediaId && state !== 'gone')
    return [...new Map(shown.map((known) => [known.id, known])).values()]
  }

  async take(id: string): Promise<void> {
    this.choosing = false
    const here = router.picture
    try {
      const other = await host.pictures.picture(id)
      if (router.picture !== here) return
      this.other = other
      this.share = 50
    } catch (reason) {
      toasts.failed(failureOf(reason))
    }
  }

  /** Begins, or ends what was begun. */
  turn(): void {
    if (this.other) this.end()
    else this.choosing = true
  }

  end(): void {
    this.other = null
  }
}

export const compare = new Compare()
