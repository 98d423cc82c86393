// What "Go to" can do in the chat, from wherever one is.
import Columns from '@lucide/svelte/icons/columns-3'
import ScrollText from '@lucide/svelte/icons/scroll-text'
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal'
import { m } from '../../paraglide/messages'
import type { Action } from '../../state/actions.svelte'
import { router } from '../../state/router.svelte'
import { chat } from './chat.svelte'

export function chatActions(): Action[] {
  const inChat = (act: () => void) => () => {
    router.go('chat')
    act()
  }
  const fits = () => chat.ask !== null
  return [
    {
      id: 'several',
      label: m.versions_several,
      icon: Columns,
      fits,
      run: inChat(() => (chat.several.open = true)),
    },
    {
      id: 'instructions',
      label: m.instructions,
      icon: ScrollText,
      run: inChat(() => (chat.instructing = true)),
    },
    {
      id: 'options',
      label: m.option_all,
      icon: SlidersHorizontal,
      run: inChat(() => (chat.options.open = true)),
    },
  ]
}
