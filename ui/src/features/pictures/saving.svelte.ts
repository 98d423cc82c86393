// Taking pictures out as they came: in what form, how far it is, and how it ended.
import type { Event } from '../../bindings/Event'
import type { PictureBundle } from '../../bindings/PictureBundle'
import { failureOf, host } from '../../host'
import { m } from '../../paraglide/messages'
import { attempt, toasts } from '../../state/toasts.svelte'

class Saving {
  form = $state<PictureBundle>('folder')
  /** The system's dialog is open, or it is being written. */
  running = $state(false)
  /** How far writing is; none before it begins. */
  progress = $state.raw<{ done: number; of: number } | null>(null)

  /** Answers whether they were saved. */
  async save(keys: number[]): Promise<boolean> {
    if (this.running) return false
    this.running = true
    try {
      const saved = await host.pictures.saveMany({
        keys,
        form: this.form,
        untitled: m.pictures_picture(),
        folder: m.pictures_save_folder_name(),
      })
      // Whoever closes the system's dialog may want another form.
      if (!saved) return false
      const { name, missing } = saved
      const words = missing > 0 ? m.pictures_saved_without({ name, count: missing }) : m.export_done({ name })
      toasts.show(words, { label: m.export_show(), run: () => void attempt(() => host.out.show()) })
      return true
    } catch (reason) {
      toasts.failed(failureOf(reason))
      return false
    } finally {
      this.running = false
      this.progress = null
    }
  }

  stop(): Promise<boolean> {
    return attempt(() => host.out.stop())
  }

  hear(event: Event): void {
    if (event.kind === 'exporting' && this.running) this.progress = { done: event.done, of: event.of }
  }
}

export const saving = new Saving()
