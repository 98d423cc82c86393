// Pictures on their way to another program. Dropped on the gallery they came from they are not taken in anew.
import { host } from '../../host'
import { m } from '../../paraglide/messages'
import { number } from '../../state/format'
import { attempt, toasts } from '../../state/toasts.svelte'

/** So many go at once: a hand that drags does not wait. */
const MOST = 100
/** A drop is told this long after the end of its drag at most. */
const LATE_MS = 500

class Dragging {
  /** They come from here. */
  ours = $state(false)
  #drags = 0

  async out(keys: number[]): Promise<void> {
    if (keys.length > MOST) {
      toasts.show(m.pictures_drag_many({ count: number(MOST) }))
      return
    }
    this.ours = true
    const drag = ++this.#drags
    await attempt(() => host.pictures.dragOut(keys))
    // Whether the drop or its end is told first nobody knows.
    setTimeout(() => {
      if (drag === this.#drags) this.ours = false
    }, LATE_MS)
  }
}

export const dragging = new Dragging()
