// What is done to one or many conversations and to folders. All of it comes with "Undo".
import type { Arrange } from '../../../bindings/Arrange'
import type { Folder } from '../../../bindings/Folder'
import { host } from '../../../host'
import { m } from '../../../paraglide/messages'
import { router } from '../../../state/router.svelte'
import { attempt, toasts } from '../../../state/toasts.svelte'
import { chat } from '../chat.svelte'

/** Does it, says so and offers to take it back. Answers whether it was done. */
export async function arrange(ids: string[], change: Arrange, words: string): Promise<boolean> {
  if (ids.length === 0) return false
  const open = chat.session.conversation?.id
  const left = change.kind === 'remove' && open !== undefined && ids.includes(open)
  return attempt(async () => {
    const places = await host.order.arrange(ids, change)
    if (left) router.newConversation()
    const undo = async () => {
      await host.order.putBack(places)
      if (left) router.openConversation(open)
    }
    toasts.show(words, { label: m.kit_undo(), run: () => void attempt(undo) })
    // Selecting ends with what was done to the selection; a row beside it has nothing to do with that.
    if (ids.some((id) => chat.selection.chosen.has(id))) chat.selection.end()
  })
}

export function archive(ids: string[]): Promise<boolean> {
  return arrange(ids, { kind: 'archive' }, m.order_archived({ count: ids.length }))
}

export function unarchive(ids: string[]): Promise<boolean> {
  return arrange(ids, { kind: 'unarchive' }, m.order_unarchived({ count: ids.length }))
}

export function pin(ids: string[], pinned: boolean): Promise<boolean> {
  const words = pinned ? m.order_pinned : m.order_unpinned
  return arrange(ids, { kind: pinned ? 'pin' : 'unpin' }, words({ count: ids.length }))
}

export function remove(ids: string[]): Promise<boolean> {
  return arrange(ids, { kind: 'remove' }, m.order_removed({ count: ids.length }))
}

export function move(ids: string[], folderId: string | null): Promise<boolean> {
  const name = chat.list.folderName(folderId)
  const count = ids.length
  const chosen = new Set(ids)
  // Whoever looks for them in the folder is told why they are not there.
  const rows = chat.list.rows.filter(({ conversation }) => chosen.has(conversation.id))
  const onTop = rows.length === count && rows.every(({ conversation }) => conversation.pinned)
  const moved = onTop ? m.order_moved_pinned : m.order_moved
  const words = name === undefined ? m.order_moved_out({ count }) : moved({ count, name })
  return arrange(ids, { kind: 'move', folderId }, words)
}

/** Makes a folder and puts conversations into it. Rejects when the name is none. */
export async function makeFolder(name: string, ids: string[]): Promise<void> {
  const folder = await host.order.makeFolder(name)
  if (ids.length > 0)
    await arrange(ids, { kind: 'move', folderId: folder.id }, m.order_moved({ count: ids.length, name }))
}

export async function removeFolder(folder: Folder): Promise<void> {
  await attempt(async () => {
    const removed = await host.order.removeFolder(folder.id)
    const undo = () => void attempt(() => host.order.restoreFolder(removed))
    toasts.show(m.order_folder_removed({ name: folder.name }), { label: m.kit_undo(), run: undo })
  })
}
