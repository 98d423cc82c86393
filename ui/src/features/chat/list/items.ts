// What can be done with a conversation, for its row and for the title bar.
import Pencil from '@lucide/svelte/icons/pencil'
import Pin from '@lucide/svelte/icons/pin'
import PinOff from '@lucide/svelte/icons/pin-off'
import Trash from '@lucide/svelte/icons/trash-2'
import type { Conversation } from '../../../bindings/Conversation'
import type { MenuItem } from '../../../kit/Menu.svelte'
import { m } from '../../../paraglide/messages'
import { chat } from '../chat.svelte'

export function itemsFor(
  conversation: Conversation,
  rename: () => void,
  remove = () => void chat.remove(conversation),
): MenuItem[] {
  const { id, pinned } = conversation
  return [
    { label: m.chat_rename(), icon: Pencil, run: rename },
    {
      label: pinned ? m.chat_unpin() : m.chat_pin(),
      icon: pinned ? PinOff : Pin,
      run: () => void chat.list.pin(id, !pinned),
    },
    {
      label: m.chat_delete(),
      icon: Trash,
      tone: 'bad',
      apart: true,
      run: remove,
    },
  ]
}
