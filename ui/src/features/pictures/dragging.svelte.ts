// Pictures on their way to another program. Dropped on the gallery they came from they are not taken in anew.
import { host } from '../../host'
import { m } from '../../paraglide/messages'
import { number } from '../../state/format'
import { attempt, toasts } from '../../state/toasts.svelte'

/** So many go at once: a hand that drags does not wait. */
const MOST = 100

class Dragging {
  /** They come from here. */
  ours = $state(false)

  async out(keys: number[]): Promise<void> {
    if (keys.length > MOST) {
      toasts.show(m.pictures_drag_many({ count: number(MOST) }))
      return
    }
    this.ours = true
    // Whether the drop or its end is told first nobody knows: it is over for certain when the next press begins.
    addEventListener('pointerdown', () => (this.ours = false), { once: true, capture: true })
    await attempt(() => host.pictures.dragOut(keys))
  }
}

export const dragging = new Dragging()
