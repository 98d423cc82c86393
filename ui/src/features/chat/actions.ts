// What "Go to" can do in the chat, from wherever one is.
import Columns from '@lucide/svelte/icons/columns-3'
import Download from '@lucide/svelte/icons/download'
import PenLine from '@lucide/svelte/icons/pen-line'
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
  const inTalk = () => chat.texts.sheet === null
  const open = () => chat.session.conversation
  return [
    {
      id: 'several',
      label: m.versions_several,
      icon: Columns,
      fits: () => chat.ask !== null && inTalk(),
      run: inChat(() => (chat.several.open = true)),
    },
    {
      id: 'instructions',
      label: m.instructions,
      icon: ScrollText,
      fits: inTalk,
      run: inChat(() => (chat.instructing = true)),
    },
    {
      id: 'options',
      label: m.option_all,
      icon: SlidersHorizontal,
      run: inChat(() => (chat.options.open = true)),
    },
    {
      id: 'text',
      label: m.writing_start,
      icon: PenLine,
      run: inChat(() => void chat.newText()),
    },
    {
      id: 'export',
      label: m.export_dots,
      icon: Download,
      fits: () => open() !== null,
      run: inChat(() => {
        const talk = open()
        if (talk) chat.exports.ask([talk.id])
      }),
    },
  ]
}
