// Pictures on their way to another program. Dropped on the gallery they came from they are not taken in anew.
import { host } from '../../host'
import { attempt } from '../../state/toasts.svelte'

class Dragging {
  /** They come from here. */
  ours = $state(false)

  async out(keys: number[]): Promise<void> {
    this.ours = true
    // A drag that ends without a word is over when the next press begins.
    addEventListener('pointerdown', this.#over, { once: true, capture: true })
    await attempt(() => host.pictures.dragOut(keys))
    this.#over()
  }

  readonly #over = () => {
    removeEventListener('pointerdown', this.#over, { capture: true })
    this.ours = false
  }
}

export const dragging = new Dragging()
