// Taking pictures in: how far it is, and what came of it, in one message with a way back.
import type { Event } from '../../bindings/Event'
import type { Imported } from '../../bindings/Imported'
import type { ImportFrom } from '../../bindings/ImportFrom'
import { explain, host } from '../../host'
import { m } from '../../paraglide/messages'
import { attempt, toasts } from '../../state/toasts.svelte'

class Importing {
  /** None while nothing is being taken in. */
  progress = $state.raw<{ done: number; of: number } | null>(null)

  pick(from: ImportFrom): Promise<boolean> {
    return attempt(() => host.pictures.import(from))
  }

  drop(): Promise<boolean> {
    return attempt(() => host.pictures.importDropped())
  }

  /** What a service still has of the past. */
  past(serviceId: string): Promise<boolean> {
    return attempt(() => host.pictures.importPast(serviceId))
  }

  async paste(files: readonly File[]): Promise<void> {
    for (const file of files)
      await attempt(async () => host.pictures.importBytes(new Uint8Array(await file.arrayBuffer())))
  }

  stop(): Promise<boolean> {
    return attempt(() => host.pictures.stopImporting())
  }

  hear(event: Event): void {
    if (event.kind === 'importing') this.progress = { done: event.done, of: event.of }
    if (event.kind !== 'imported') return
    if (!event.imported.pasted) this.progress = null
    const { keys } = event.imported
    const undo = () => void attempt(() => host.pictures.change(keys, { kind: 'remove' }))
    toasts.show(told(event.imported), keys.length > 0 ? { label: m.kit_undo(), run: undo } : undefined)
  }
}

function told({ keys, before, unread, unopened, tooLarge, gone, stopped, problem }: Imported): string {
  const parts = [
    keys.length > 0 && m.import_done({ count: keys.length }),
    before > 0 && m.import_before({ count: before }),
    unread > 0 && m.import_unread({ count: unread }),
    unopened > 0 && m.import_unopened({ count: unopened }),
    tooLarge > 0 && m.import_too_large({ count: tooLarge }),
    gone > 0 && m.import_gone({ count: gone }),
    problem ? explain(problem).words : stopped && m.import_stopped(),
  ]
  return parts.filter(Boolean).join(' ') || m.import_nothing()
}

export const importing = new Importing()
