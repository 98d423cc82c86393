// Every key that does something in Medley, for the page that tells them. Keys are named as they are printed.
import { m } from '../paraglide/messages'
import { keys, mac } from '../state/platform'

export interface Shortcut {
  /** Other ways stand side by side. */
  keys: readonly string[]
  does: string
}

export interface ShortcutGroup {
  name: string
  shortcuts: readonly Shortcut[]
}

export function shortcutGroups(): ShortcutGroup[] {
  const alt = mac ? '⌥' : 'Alt+'
  return [
    {
      name: m.keys_everywhere(),
      shortcuts: [
        { keys: [keys('K')], does: m.shell_go_to_hint() },
        { keys: [keys('/')], does: m.keys_these() },
        { keys: [keys('N')], does: m.shell_new_chat() },
        { keys: [keys('1')], does: m.place_chat() },
        { keys: [keys('2')], does: m.place_pictures() },
        { keys: [keys('3')], does: m.place_speech() },
        { keys: [keys('4')], does: m.place_transcribe() },
        { keys: [keys('6'), keys(',')], does: m.place_settings() },
        { keys: ['F6', '⇧F6'], does: m.keys_walk() },
        { keys: ['Esc'], does: m.keys_close() },
      ],
    },
    {
      name: m.keys_writing(),
      shortcuts: [
        { keys: ['Enter'], does: m.keys_send() },
        { keys: ['⇧Enter'], does: m.keys_break() },
        { keys: ['Esc'], does: m.keys_stop() },
        { keys: ['Delete', '⌫'], does: m.keys_file() },
      ],
    },
    {
      name: m.chat_log(),
      shortcuts: [
        { keys: [keys('F')], does: m.find_in() },
        { keys: ['↑', '↓', 'Home', 'End'], does: m.keys_messages() },
        { keys: ['←', '→'], does: m.keys_beside() },
        { keys: ['←', '→', '↑', '↓'], does: m.keys_words() },
        { keys: ['←', '→', '↑', '↓', 'Enter'], does: m.keys_tree() },
      ],
    },
    {
      name: m.chat_conversations(),
      shortcuts: [
        { keys: [keys('Shift+F')], does: m.chat_search() },
        { keys: ['↑', '↓', 'Home', 'End'], does: m.keys_rows() },
        { keys: ['F2'], does: m.chat_rename() },
        { keys: ['Delete'], does: m.chat_delete() },
      ],
    },
    {
      name: m.place_speech(),
      shortcuts: [
        { keys: [keys('Enter')], does: m.speech_speak() },
        { keys: ['Space'], does: m.keys_speech_play() },
        { keys: ['←', '→'], does: m.keys_speech_skip() },
        { keys: ['⇧←', '⇧→'], does: m.keys_speech_seconds() },
        { keys: ['Enter'], does: m.keys_speech_jump() },
      ],
    },
    {
      name: m.place_transcribe(),
      shortcuts: [
        { keys: ['↑', '↓', 'Home', 'End'], does: m.keys_scribe_line() },
        { keys: ['Enter'], does: m.keys_scribe_jump() },
        { keys: ['F2'], does: m.keys_scribe_edit() },
        { keys: ['Space'], does: m.keys_speech_play() },
        { keys: ['←', '→'], does: m.keys_speech_seconds() },
        { keys: [keys('Z'), keys('Shift+Z')], does: m.scribe_undo() },
      ],
    },
    {
      name: m.place_pictures(),
      shortcuts: [
        { keys: [keys('Enter')], does: m.keys_create() },
        { keys: ['↑'], does: m.keys_earlier() },
        { keys: ['←', '→', '↑', '↓', 'Home', 'End'], does: m.keys_pictures() },
        { keys: ['Enter'], does: m.keys_picture_open() },
        { keys: ['Space'], does: m.keys_choose() },
        { keys: ['Shift', '←', '→', '↑', '↓'], does: m.keys_choose_range() },
        { keys: [keys('A')], does: m.keys_choose_all() },
        { keys: ['S'], does: m.pictures_star() },
        { keys: ['Delete'], does: m.pictures_delete() },
        { keys: ['D'], does: m.picture_save_as() },
        { keys: ['⌫'], does: m.picture_before() },
        { keys: ['C'], does: m.picture_compare() },
        { keys: ['+', '−'], does: m.keys_picture_zoom() },
        { keys: ['0', '1'], does: m.keys_picture_fit() },
        { keys: ['←', '→', '↑', '↓'], does: m.keys_picture_move() },
      ],
    },
    {
      name: m.keys_lists(),
      shortcuts: [
        { keys: ['↑', '↓', 'PgUp', 'PgDn'], does: m.keys_move() },
        { keys: ['Enter'], does: m.keys_take() },
        { keys: [`${alt}S`], does: m.keys_star() },
      ],
    },
  ]
}
