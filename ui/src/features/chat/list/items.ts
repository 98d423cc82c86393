// What can be done with a conversation, for its row and for the title bar; and with a folder.
import Archive from '@lucide/svelte/icons/archive'
import ArchiveRestore from '@lucide/svelte/icons/archive-restore'
import Copy from '@lucide/svelte/icons/copy'
import Download from '@lucide/svelte/icons/download'
import FolderInput from '@lucide/svelte/icons/folder-input'
import Pencil from '@lucide/svelte/icons/pencil'
import Pin from '@lucide/svelte/icons/pin'
import PinOff from '@lucide/svelte/icons/pin-off'
import Search from '@lucide/svelte/icons/search'
import Trash from '@lucide/svelte/icons/trash-2'
import type { Conversation } from '../../../bindings/Conversation'
import type { FolderRow } from '../../../bindings/FolderRow'
import type { MenuItem } from '../../../kit/Menu.svelte'
import { m } from '../../../paraglide/messages'
import { keys } from '../../../state/platform'
import { chat } from '../chat.svelte'
import { copy } from '../out/copy'
import { archive, removeFolder, unarchive } from './arrange'
import { wishes } from './wanted.svelte'

export function itemsFor(
  conversation: Conversation,
  rename: () => void,
  remove = () => void chat.remove(conversation),
): MenuItem[] {
  const { id, pinned, archivedAt } = conversation
  const pinning = {
    label: pinned ? m.chat_unpin() : m.chat_pin(),
    icon: pinned ? PinOff : Pin,
    run: () => void chat.list.pin(id, !pinned),
  }
  const putAway = {
    label: m.order_archive(),
    icon: Archive,
    run: () => void archive([id]),
  }
  const back = { label: m.order_unarchive(), icon: ArchiveRestore, run: () => void unarchive([id]) }
  return [
    { label: m.chat_rename(), icon: Pencil, run: rename },
    ...(archivedAt === null ? [pinning] : []),
    {
      label: m.order_move(),
      icon: FolderInput,
      run: () => (wishes.now = { kind: 'move', ids: [id] }),
    },
    archivedAt === null ? putAway : back,
    { label: m.export_dots(), icon: Download, run: () => chat.exports.ask([id]) },
    {
      label: m.chat_delete(),
      icon: Trash,
      tone: 'bad',
      apart: true,
      run: remove,
    },
  ]
}

/** What can be done with the open conversation only. */
export function itemsOfOpen(id: string): MenuItem[] {
  return [
    { label: m.find_in(), icon: Search, keys: keys('F'), run: () => chat.find.begin() },
    { label: m.export_copy(), icon: Copy, run: () => void copy({ conversation: id }) },
  ]
}

export function itemsForFolder({ folder, conversations }: FolderRow): MenuItem[] {
  return [
    { label: m.chat_rename(), icon: Pencil, run: () => (wishes.now = { kind: 'rename', folder }) },
    {
      label: m.export_dots(),
      icon: Download,
      disabled: conversations === 0,
      run: () => chat.exports.askFolder(folder.id, conversations),
    },
    {
      label: m.order_folder_remove(),
      icon: Trash,
      tone: 'bad',
      apart: true,
      run: () => void removeFolder(folder),
    },
  ]
}
