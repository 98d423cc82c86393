// Pressing Midjourney's buttons: what its pop-up would ask is asked here before, so that nothing waits at the service.
import type { PaintedMark } from '../../../bindings/PaintedMark'
import type { Painted } from '../../../bindings/Painted'
import type { Picture } from '../../../bindings/Picture'
import { failureOf, host } from '../../../host'
import { m } from '../../../paraglide/messages'
import { Presses } from '../../../state/presses'
import { router } from '../../../state/router.svelte'
import { attempt, toasts } from '../../../state/toasts.svelte'
import type { Wish } from '../desk.svelte'
import { pictures } from '../pictures.svelte'
import { known, type Known } from './buttons'

interface Asked {
  picture: Picture
  known: Known
}

/** What was said in a pop-up. */
export interface Kept {
  words: string
  marks?: readonly PaintedMark[]
  zoom?: number
  /** A word that the service does not allow. */
  marked?: string
}

const key = ({ picture, known }: Asked) => `${picture.id}\n${known.button.customId}`

class Press {
  /** The button whose pop-up is open. */
  asked = $state.raw<Asked | null>(null)
  /** The words are asked for where they may be changed. */
  first = $state(false)
  sending = $state(false)
  readonly #presses = new Presses()
  /** What was said in pop-ups that were left without sending. */
  readonly #kept = new Map<string, Kept>()
  /** What was said in those that were sent. */
  readonly #sent = new Map<string, Kept>()

  /** What the open pop-up was told before it was left. */
  get kept(): Kept | undefined {
    return this.asked ? this.#kept.get(key(this.asked)) : undefined
  }

  press(picture: Picture, known: Known): void {
    const asks = known.asks === 'zoom' || known.asks === 'region' || (known.asks === 'words' && this.first)
    if (asks) this.asked = { picture, known }
    else void this.#send(picture, known, '', null)
  }

  /** Leaves the pop-up; what was said there is there again when it is opened. */
  leave(said?: Kept): void {
    if (this.asked && said) this.#kept.set(key(this.asked), said)
    this.asked = null
  }

  /** Opens the pop-up again of a press that came to nothing, with the words that were said. */
  again(picture: Picture, known: Known, words: string, marked = ''): void {
    this.asked = { picture, known }
    this.#kept.set(key(this.asked), { ...this.#sent.get(key(this.asked)), words, marked })
  }

  /** What the pop-up asked for. */
  async answer(prompt: string, marks: readonly PaintedMark[] = []): Promise<void> {
    const { asked } = this
    if (!asked) return
    const { width, height } = asked.picture
    const mask = asked.known.asks === 'region' ? { width, height, marks: [...marks] } : null
    if (!(await this.#send(asked.picture, asked.known, prompt, mask))) return
    // It may yet be refused for a word: what was painted stays for then.
    this.#sent.set(key(asked), { words: prompt, marks })
    this.#kept.delete(key(asked))
    this.asked = null
  }

  async #send(picture: Picture, { button }: Known, prompt: string, mask: Painted | null): Promise<boolean> {
    const hasty = this.#presses.hasty()
    if (hasty || this.sending) return false
    this.sending = true
    try {
      await host.pictures.press({ pictureId: picture.id, customId: button.customId, prompt, mask })
      pictures.said = m.pictures_began()
      toasts.show(m.mj_began(), { label: m.mj_watch(), run: () => this.#watch() })
      return true
    } catch (reason) {
      this.#presses.forget()
      toasts.failed(failureOf(reason))
      return false
    } finally {
      this.sending = false
    }
  }

  /** The pop-up of a press that was refused for a word, in front of its picture. */
  async reopen({ options, madeFrom, prompt, marked }: Wish): Promise<void> {
    if (!options?.press || !madeFrom) return
    const { button } = options.press
    await attempt(async () => {
      const { picture } = await host.pictures.picture(madeFrom)
      router.openPicture(madeFrom)
      this.again(picture, known(button), prompt, marked)
    })
  }

  #watch(): void {
    router.openPicture(null)
    pictures.wall.toHome()
  }
}

export const press = new Press()

pictures.desk.pressAgain = (wish) => void press.reopen(wish)
