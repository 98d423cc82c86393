// What "Go to" can reach.
import Globe from '@lucide/svelte/icons/globe'
import Image from '@lucide/svelte/icons/image'
import Keyboard from '@lucide/svelte/icons/keyboard'
import MessageCircle from '@lucide/svelte/icons/message-circle'
import Mic from '@lucide/svelte/icons/mic'
import Moon from '@lucide/svelte/icons/moon'
import Plug from '@lucide/svelte/icons/plug'
import Settings from '@lucide/svelte/icons/settings'
import SquarePen from '@lucide/svelte/icons/square-pen'
import Sun from '@lucide/svelte/icons/sun'
import SunMoon from '@lucide/svelte/icons/sun-moon'
import Volume2 from '@lucide/svelte/icons/volume-2'
import type { ConversationRow } from '../bindings/ConversationRow'
import type { Choice } from '../kit/choices'
import { m } from '../paraglide/messages'
import { getLocale } from '../paraglide/runtime'
import { actions as offered } from '../state/actions.svelte'
import { shortTime } from '../state/format'
import { keys } from '../state/platform'
import { router } from '../state/router.svelte'
import { sectionNames, SECTIONS } from '../state/sections'
import { settings } from '../state/settings.svelte'
import { ranked } from './rank'
import { recent } from './recent'

export interface Goal extends Choice {
  run: () => void
}

/** Conversations shown before anything is typed. */
const NEWEST = 5

/** What fits, in the order in which it is shown. `rows` are the conversations found for the words typed. */
export function goalsFor(typed: string, rows: readonly ConversationRow[]): Goal[] {
  const talks = conversationGoals(rows)
  const fixed = fixedGoals()
  if (typed.trim() !== '') return withFound(ranked([...fixed, ...talks], typed), talks)
  const all = [...talks, ...fixed]
  const last = recent.ids().flatMap((id) => all.filter((goal) => goal.id === id))
  const open = `conversation-${router.conversation}`
  const other = (goal: Goal) => goal.id !== open && !last.includes(goal)
  return [
    ...last.filter(({ id }) => id !== open).map((goal) => ({ ...goal, section: m.shell_goals_recent() })),
    ...talks.filter(other).slice(0, NEWEST),
    ...fixed.filter(other),
  ]
}

/** Conversations that hold the words are found too, though their titles do not say so; they stand last. */
function withFound(best: Goal[], talks: Goal[]): Goal[] {
  const rest = talks.filter((talk) => !best.some(({ id }) => id === talk.id))
  const end = best.findLastIndex(({ section }) => section === m.shell_goals_conversations()) + 1
  return end === 0 ? [...best, ...rest] : best.toSpliced(end, 0, ...rest)
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
      id: 'pictures',
      label: m.place_pictures(),
      icon: Image,
      end: keys('2'),
      run: () => router.go('pictures'),
    },
    {
      ...places,
      id: 'speech',
      label: m.place_speech(),
      icon: Volume2,
      end: keys('3'),
      run: () => router.go('speech'),
    },
    {
      ...places,
      id: 'transcribe',
      label: m.place_transcribe(),
      icon: Mic,
      end: keys('4'),
      run: () => router.go('transcribe'),
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
    ...offered.all.map(({ id, label, icon, run }) => ({ ...actions, id, label: label(), icon, run })),
    {
      ...actions,
      id: 'shortcuts',
      label: m.keys_title(),
      icon: Keyboard,
      end: keys('/'),
      run: () => (router.shortcuts = true),
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
