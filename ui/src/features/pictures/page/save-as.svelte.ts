// "Save as": whether it is being asked, and the saving itself. How it was last done is remembered.
import type { Picture } from '../../../bindings/Picture'
import { failureOf, host } from '../../../host'
import { m } from '../../../paraglide/messages'
import { settings } from '../../../state/settings.svelte'
import { toasts } from '../../../state/toasts.svelte'

class SaveAs {
  /** The picture that a form is being chosen for. */
  asked = $state.raw<Picture | null>(null)
  running = $state(false)

  ask(picture: Picture): void {
    this.asked = picture
  }

  leave(): void {
    this.asked = null
  }

  async save(): Promise<void> {
    const { asked: picture } = this
    if (!picture || this.running) return
    const { pictureForm: form, pictureTold: told } = settings.value
    this.running = true
    try {
      const saved = await host.pictures.saveAs(picture.id, { form, told })
      // Whoever closed the system's dialog may want another form.
      if (!saved) return
      this.leave()
      toasts.show(saved.still ? m.picture_saved_still() : m.media_saved())
    } catch (reason) {
      toasts.failed(failureOf(reason))
    } finally {
      this.running = false
    }
  }
}

export const saveAs = new SaveAs()
