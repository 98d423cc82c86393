// Pressing Midjourney's buttons: what its pop-up would ask is asked here before, so that nothing waits at the service.
import type { PaintedMark } from '../../../bindings/PaintedMark'
import type { Painted } from '../../../bindings/Painted'
import type { Picture } from '../../../bindings/Picture'
import { failureOf, host } from '../../../host'
import { m } from '../../../paraglide/messages'
import { router } from '../../../state/router.svelte'
import { toasts } from '../../../state/toasts.svelte'
import { pictures } from '../pictures.svelte'
import type { Known } from './buttons'

/** Presses closer together than this are one: each is paid for. */
export const HASTE_MS = 700

interface Asked {
  picture: Picture
  known: Known
}

class Press {
  /** The button whose pop-up is open. */
  asked = $state.raw<Asked | null>(null)
  /** The words are asked for where they may be changed. */
  first = $state(false)
  sending = $state(false)
  #pressed = -Infinity

  press(picture: Picture, known: Known): void {
    const asks = known.asks === 'zoom' || known.asks === 'region' || (known.asks === 'words' && this.first)
    if (asks) this.asked = { picture, known }
    else void this.#send(picture, known, '', null)
  }

  leave(): void {
    this.asked = null
  }

  /** What the pop-up asked for. */
  async answer(prompt: string, marks: readonly PaintedMark[] = []): Promise<void> {
    const { asked } = this
    if (!asked) return
    const { width, height } = asked.picture
    const mask = asked.known.asks === 'region' ? { width, height, marks: [...marks] } : null
    if (await this.#send(asked.picture, asked.known, prompt, mask)) this.asked = null
  }

  async #send(picture: Picture, { button }: Known, prompt: string, mask: Painted | null): Promise<boolean> {
    const now = performance.now()
    const hasty = now - this.#pressed < HASTE_MS
    this.#pressed = now
    if (hasty || this.sending) return false
    this.sending = true
    try {
      await host.pictures.press({ pictureId: picture.id, customId: button.customId, prompt, mask })
      pictures.said = m.pictures_began()
      toasts.show(m.mj_began(), { label: m.mj_watch(), run: () => this.#watch() })
      return true
    } catch (reason) {
      this.#pressed = -Infinity
      toasts.failed(failureOf(reason))
      return false
    } finally {
      this.sending = false
    }
  }

  #watch(): void {
    router.openPicture(null)
    pictures.wall.toHome()
  }
}

export const press = new Press()
