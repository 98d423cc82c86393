// Pictures that others are to be like: Midjourney looks at them by their addresses. One from here is looked at on a desk of its
// own, and laid down at the service that was chosen when it was.
import type { Attachment } from '../../../bindings/Attachment'
import { failureOf, host } from '../../../host'
import { m } from '../../../paraglide/messages'
import { attempt, toasts } from '../../../state/toasts.svelte'
import { References } from '../references.svelte'

const PAUSE_MS = 50
/** So many pauses until a picture is not waited for. */
const PAUSES = 200

const kept = ({ state, media }: Attachment) => state === 'kept' && media !== null

class Likes {
  readonly chosen = new References(
    host,
    { failed: (reason) => toasts.failed(failureOf(reason)), removed: () => undefined },
    'pictures-likes',
  )
  busy = $state(false)
  #begun = false

  /** Takes away what a kill left on the desk. */
  async begin(): Promise<void> {
    if (!this.#begun) host.listen((event) => this.chosen.hear(event))
    this.#begun = true
    if (this.busy) return
    await attempt(() => this.chosen.read())
    await this.#clear()
  }

  /** Has a picture chosen and laid down; answers its address. */
  async choose(serviceId: string): Promise<string | null> {
    if (this.busy) return null
    this.busy = true
    let address: string | null = null
    await attempt(async () => {
      await this.chosen.pick()
      for (let tries = 0; tries < PAUSES && this.chosen.list.some((file) => !kept(file)); tries++)
        await new Promise((go) => setTimeout(go, PAUSE_MS))
      const [file] = this.chosen.list
      if (file && !kept(file)) toasts.show(m.mj_like_slow())
      else if (file?.media) address = await host.pictures.layDown(serviceId, file.media.id)
    })
    await this.#clear()
    this.busy = false
    return address
  }

  async #clear(): Promise<void> {
    for (const file of this.chosen.list) await attempt(() => host.attachments.remove(file.id))
    this.chosen.list = []
  }
}

export const likes = new Likes()
