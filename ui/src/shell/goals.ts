// What "Go to" can reach.
import Globe from '@lucide/svelte/icons/globe'
import MessageCircle from '@lucide/svelte/icons/message-circle'
import Moon from '@lucide/svelte/icons/moon'
import Plug from '@lucide/svelte/icons/plug'
import Settings from '@lucide/svelte/icons/settings'
import SquarePen from '@lucide/svelte/icons/square-pen'
import Sun from '@lucide/svelte/icons/sun'
import SunMoon from '@lucide/svelte/icons/sun-moon'
import type { ConversationRow } from '../bindings/ConversationRow'
import type { Choice } from '../kit/choices'
import { m } from '../paraglide/messages'
import { getLocale } from '../paraglide/runtime'
import { shortTime } from '../state/format'
import { keys } from '../state/platform'
import { router } from '../state/router.svelte'
import { sectionNames, SECTIONS } from '../state/sections'
import { settings } from '../state/settings.svelte'

export interface Goal extends Choice {
  run: () => void
}

/** Places and actions; their words are those of the moment's language. */
export function fixedGoals(): Goal[] {
  const places = { section: m.shell_goals_places() }
  const actions = { section: m.shell_goals_actions() }
  return [
    {
      ...places,
      id: 'chat',
      label: m.place_chat(),
      icon: MessageCircle,
      end: keys('1'),
      run: () => router.go('chat'),
    },
    {
      ...places,
      id: 'settings',
      label: m.place_settings(),
      icon: Settings,
      end: keys('6'),
      run: () => router.go('settings'),
    },
    ...SECTIONS.map((section) => ({
      ...places,
      id: `settings-${section}`,
      label: m.shell_goal_setting({ part: sectionNames()[section] }),
      icon: Settings,
      run: () => router.openSettings(section),
    })),
    {
      ...actions,
      id: 'new',
      label: m.shell_new_chat(),
      icon: SquarePen,
      end: keys('N'),
      run: () => router.newConversation(),
    },
    {
      ...actions,
      id: 'connect',
      label: m.remedy_connect(),
      icon: Plug,
      run: () => (router.welcome = 'connect'),
    },
    {
      ...actions,
      id: 'light',
      label: m.shell_goal_light(),
      icon: Sun,
      run: () => settings.change({ theme: 'light' }),
    },
    {
      ...actions,
      id: 'dark',
      label: m.shell_goal_dark(),
      icon: Moon,
      run: () => settings.change({ theme: 'dark' }),
    },
    {
      ...actions,
      id: 'system',
      label: m.shell_goal_system(),
      icon: SunMoon,
      run: () => settings.change({ theme: 'system' }),
    },
    otherLanguage(actions),
  ]
}

export function conversationGoals(rows: readonly ConversationRow[]): Goal[] {
  return rows.map(({ conversation: { id, title, updatedAt } }) => ({
    id: `conversation-${id}`,
    label: title || m.shell_untitled(),
    section: m.shell_goals_conversations(),
    icon: MessageCircle,
    end: shortTime(updatedAt),
    run: () => router.openConversation(id),
  }))
}

/** Named in the language it leads to, so that it is found by whoever needs it. */
function otherLanguage(group: { section: string }): Goal {
  const next = getLocale() === 'en' ? 'zh-CN' : 'en'
  const label = next === 'en' ? m.language_en() : m.language_zh()
  return {
    ...group,
    id: 'language',
    label,
    also: 'language 语言',
    icon: Globe,
    run: () => settings.change({ language: next }),
  }
}
