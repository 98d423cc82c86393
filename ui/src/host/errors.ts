// Every code of the engine in plain words, with the one thing a person can do about it. A code without an entry
// here does not compile.
import type { Code } from '../bindings/Code'
import type { Facts } from '../bindings/Facts'
import type { Problem } from '../bindings/Problem'
import { m } from '../paraglide/messages'

/** What can be done about a problem; the closed set of all buttons on error banners. */
export type Remedy =
  | 'fix_key'
  | 'choose_model'
  | 'top_up'
  | 'wait'
  | 'try_again'
  | 'go_on'
  | 'check_address'
  | 'new_chat'
  | 'leave_out'
  | 'change_text'
  | 'free_space'
  | 'keep_in_memory'
  | 'connect'
  | 'ask_in_chat'
  | 'none'

export interface Explained {
  /** One sentence: what happened. */
  words: string
  /** One sentence: what became of what the person wrote or received. For places where that is in question. */
  kept: string
  remedy: Remedy
  /** Lines for whoever helps. Never a key: the engine has taken it out. */
  details: string
}

interface Entry {
  words: (facts: Facts) => string
  /** The question stays to be sent again; a part of an answer came; or there is nothing to lose. */
  kept: 'text' | 'part' | 'nothing'
  remedy: Remedy
}

const service = (facts: Facts) => facts.service ?? facts.host ?? m.error_the_service()
const model = (facts: Facts) => facts.model ?? m.error_the_model()

const entries: Record<Code, Entry> = {
  key_missing: {
    words: (f) => m.error_key_missing({ service: service(f) }),
    kept: 'text',
    remedy: 'fix_key',
  },
  key_rejected: {
    words: (f) => m.error_key_rejected({ service: service(f) }),
    kept: 'text',
    remedy: 'fix_key',
  },
  key_unusable: { words: () => m.error_key_unusable(), kept: 'text', remedy: 'fix_key' },
  balance_empty: {
    words: (f) => m.error_balance_empty({ service: service(f) }),
    kept: 'text',
    remedy: 'top_up',
  },
  model_denied: {
    words: (f) => m.error_model_denied({ model: model(f) }),
    kept: 'text',
    remedy: 'choose_model',
  },
  model_unknown: {
    words: (f) => m.error_model_unknown({ service: service(f), model: model(f) }),
    kept: 'text',
    remedy: 'choose_model',
  },
  address_wrong: {
    words: (f) => m.error_address_wrong({ service: service(f) }),
    kept: 'text',
    remedy: 'check_address',
  },
  address_unreadable: { words: () => m.error_address_unreadable(), kept: 'nothing', remedy: 'check_address' },
  not_offered: {
    words: (f) => m.error_not_offered({ service: service(f) }),
    kept: 'text',
    remedy: 'choose_model',
  },
  wants_chat: {
    words: (f) => m.error_wants_chat({ model: model(f) }),
    kept: 'text',
    remedy: 'ask_in_chat',
  },
  too_long: { words: (f) => m.error_too_long({ model: model(f) }), kept: 'text', remedy: 'leave_out' },
  policy: { words: (f) => m.error_policy({ service: service(f) }), kept: 'text', remedy: 'change_text' },
  field_refused: {
    words: (f) => m.error_field_refused({ model: model(f), field: f.field ?? '' }),
    kept: 'text',
    remedy: 'choose_model',
  },
  too_large: { words: (f) => m.error_too_large({ service: service(f) }), kept: 'text', remedy: 'new_chat' },
  rate_limited: { words: () => m.error_rate_limited(), kept: 'text', remedy: 'wait' },
  busy: { words: (f) => m.error_busy({ service: service(f) }), kept: 'text', remedy: 'wait' },
  no_channel: {
    words: (f) => m.error_no_channel({ service: service(f), model: model(f) }),
    kept: 'text',
    remedy: 'choose_model',
  },
  server_fault: {
    words: (f) => m.error_server_fault({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  upstream_slow: {
    words: (f) => m.error_upstream_slow({ model: model(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  region_denied: {
    words: (f) => m.error_region_denied({ service: service(f) }),
    kept: 'text',
    remedy: 'choose_model',
  },
  forbidden: { words: (f) => m.error_forbidden({ service: service(f) }), kept: 'text', remedy: 'fix_key' },
  refused: { words: (f) => m.error_refused({ service: service(f) }), kept: 'text', remedy: 'try_again' },
  unreachable: {
    words: (f) => m.error_unreachable({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  tls_failed: {
    words: (f) => m.error_tls_failed({ service: service(f) }),
    kept: 'text',
    remedy: 'check_address',
  },
  timed_out: { words: (f) => m.error_timed_out({ service: service(f) }), kept: 'text', remedy: 'try_again' },
  cut: { words: () => m.error_cut(), kept: 'part', remedy: 'go_on' },
  empty_answer: {
    words: (f) => m.error_empty_answer({ model: model(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  blocked_answer: {
    words: (f) => m.error_blocked_answer({ service: service(f) }),
    kept: 'text',
    remedy: 'change_text',
  },
  not_an_api: { words: () => m.error_not_an_api(), kept: 'text', remedy: 'check_address' },
  bad_answer: {
    words: (f) => m.error_bad_answer({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  interrupted: { words: () => m.error_interrupted(), kept: 'part', remedy: 'go_on' },
  vault_missing: { words: () => m.error_vault_missing(), kept: 'nothing', remedy: 'keep_in_memory' },
  vault_locked: { words: () => m.error_vault_locked(), kept: 'nothing', remedy: 'keep_in_memory' },
  vault_slow: { words: () => m.error_vault_slow(), kept: 'nothing', remedy: 'keep_in_memory' },
  service_gone: { words: () => m.error_service_gone(), kept: 'text', remedy: 'choose_model' },
  model_missing: { words: () => m.error_model_missing(), kept: 'text', remedy: 'choose_model' },
  speech_cut: { words: () => m.error_speech_cut(), kept: 'part', remedy: 'go_on' },
  speech_maybe_paid: {
    words: (f) => m.error_speech_maybe_paid({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  speech_interrupted: { words: () => m.error_speech_interrupted(), kept: 'part', remedy: 'go_on' },
  sound_damaged: { words: () => m.error_sound_damaged(), kept: 'text', remedy: 'try_again' },
  no_sound_device: { words: () => m.error_no_sound_device(), kept: 'nothing', remedy: 'try_again' },
  transcript_maybe_paid: {
    words: (f) => m.error_transcript_maybe_paid({ service: service(f) }),
    kept: 'nothing',
    remedy: 'try_again',
  },
  transcript_interrupted: { words: () => m.error_transcript_interrupted(), kept: 'nothing', remedy: 'go_on' },
  recording_unreadable: { words: () => m.error_recording_unreadable(), kept: 'nothing', remedy: 'none' },
  recording_too_large: { words: () => m.error_recording_too_large(), kept: 'nothing', remedy: 'none' },
  sound_too_large: {
    words: (f) => m.error_sound_too_large({ service: service(f) }),
    kept: 'nothing',
    remedy: 'choose_model',
  },
  no_microphone: { words: () => m.error_no_microphone(), kept: 'nothing', remedy: 'try_again' },
  microphone_denied: { words: () => m.error_microphone_denied(), kept: 'nothing', remedy: 'try_again' },
  microphone_lost: { words: () => m.error_microphone_lost(), kept: 'nothing', remedy: 'try_again' },
  picture_gone: { words: () => m.error_picture_gone(), kept: 'nothing', remedy: 'try_again' },
  picture_not_allowed: { words: () => m.error_picture_not_allowed(), kept: 'nothing', remedy: 'none' },
  not_a_picture: { words: () => m.error_not_a_picture(), kept: 'nothing', remedy: 'try_again' },
  picture_damaged: { words: () => m.error_picture_damaged(), kept: 'nothing', remedy: 'try_again' },
  picture_too_large: { words: () => m.error_picture_too_large(), kept: 'nothing', remedy: 'none' },
  picture_undecoded: { words: () => m.error_picture_undecoded(), kept: 'nothing', remedy: 'none' },
  no_picture_came: {
    words: (f) => m.error_no_picture_came({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  maybe_paid: {
    words: (f) => m.error_maybe_paid({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  word_banned: {
    words: (f) =>
      f.field
        ? m.error_word_banned({ service: service(f), word: f.field })
        : m.error_word_banned_some({ service: service(f) }),
    kept: 'text',
    remedy: 'change_text',
  },
  task_gone: {
    words: (f) => m.error_task_gone({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  task_forgotten: {
    words: (f) => m.error_task_forgotten({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  task_open: {
    words: (f) => m.error_task_open({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  tasks_running: { words: () => m.error_tasks_running(), kept: 'nothing', remedy: 'none' },
  cancelled_late: { words: () => m.error_cancelled_late(), kept: 'text', remedy: 'try_again' },
  generation_interrupted: {
    words: () => m.error_generation_interrupted(),
    kept: 'text',
    remedy: 'try_again',
  },
  gone: { words: () => m.error_gone(), kept: 'nothing', remedy: 'none' },
  writing: { words: () => m.error_writing(), kept: 'text', remedy: 'none' },
  nothing_to_send: { words: () => m.error_nothing_to_send(), kept: 'nothing', remedy: 'none' },
  file_encrypted: { words: () => m.error_file_encrypted(), kept: 'nothing', remedy: 'none' },
  file_damaged: { words: () => m.error_file_damaged(), kept: 'nothing', remedy: 'none' },
  file_too_large: { words: () => m.error_file_too_large(), kept: 'nothing', remedy: 'none' },
  file_unpacks: { words: () => m.error_file_unpacks(), kept: 'nothing', remedy: 'none' },
  file_no_text: { words: () => m.error_file_no_text(), kept: 'nothing', remedy: 'none' },
  file_unknown: { words: () => m.error_file_unknown(), kept: 'nothing', remedy: 'none' },
  file_old: { words: () => m.error_file_old(), kept: 'nothing', remedy: 'none' },
  file_too_slow: { words: () => m.error_file_too_slow(), kept: 'nothing', remedy: 'none' },
  file_too_heavy: { words: () => m.error_file_too_heavy(), kept: 'nothing', remedy: 'none' },
  file_empty: { words: () => m.error_file_empty(), kept: 'nothing', remedy: 'none' },
  file_unopened: { words: () => m.error_file_unopened(), kept: 'nothing', remedy: 'none' },
  files_too_many: { words: () => m.error_files_too_many(), kept: 'nothing', remedy: 'none' },
  file_unready: { words: () => m.error_file_unready(), kept: 'text', remedy: 'none' },
  pictures_refused: {
    words: (f) => m.error_pictures_refused({ model: model(f) }),
    kept: 'text',
    remedy: 'choose_model',
  },
  upload_failed: {
    words: (f) => m.error_upload_failed({ service: service(f) }),
    kept: 'text',
    remedy: 'try_again',
  },
  nothing_to_sum_up: { words: () => m.error_nothing_to_sum_up(), kept: 'nothing', remedy: 'none' },
  option_wrong: {
    words: (f) => m.error_option_wrong({ field: f.field ?? '' }),
    kept: 'nothing',
    remedy: 'none',
  },
  name_missing: { words: () => m.error_name_missing(), kept: 'nothing', remedy: 'none' },
  gpt_unreadable: { words: () => m.error_gpt_unreadable(), kept: 'nothing', remedy: 'none' },
  gpt_is_project: { words: () => m.error_gpt_is_project(), kept: 'nothing', remedy: 'none' },
  rounds_used_up: { words: () => m.error_rounds_used_up(), kept: 'part', remedy: 'go_on' },
  result_too_large: { words: () => m.error_result_too_large(), kept: 'text', remedy: 'none' },
  tool_name_wrong: { words: () => m.error_tool_name_wrong(), kept: 'nothing', remedy: 'none' },
  tool_name_taken: {
    words: (f) => m.error_tool_name_taken({ name: f.field ?? '' }),
    kept: 'nothing',
    remedy: 'none',
  },
  tool_unreadable: { words: () => m.error_tool_unreadable(), kept: 'nothing', remedy: 'none' },
  tool_misshapen: {
    words: (f) => m.error_tool_misshapen({ place: f.field ?? '' }),
    kept: 'nothing',
    remedy: 'none',
  },
  tool_too_large: { words: () => m.error_tool_too_large(), kept: 'nothing', remedy: 'none' },
  cannot_write: { words: () => m.error_cannot_write(), kept: 'nothing', remedy: 'none' },
  stopped: { words: () => m.error_stopped(), kept: 'nothing', remedy: 'none' },
  disk_full: { words: () => m.error_disk_full(), kept: 'text', remedy: 'free_space' },
  store_newer: { words: () => m.error_store_newer(), kept: 'nothing', remedy: 'none' },
  store_broken: { words: () => m.error_store_broken(), kept: 'nothing', remedy: 'none' },
  internal: { words: () => m.error_internal(), kept: 'text', remedy: 'try_again' },
}

/** Whether this Medley knows the code. */
export function isCode(code: string): code is Code {
  return Object.hasOwn(entries, code)
}

/** A problem in the person's language. */
export function explain({ code, message, facts }: Problem): Explained {
  const entry = entries[isCode(code) ? code : 'internal']
  const kept = { text: m.error_kept_text, part: m.error_kept_part, nothing: () => '' }[entry.kept]()
  return {
    words: sentence(entry.words(facts)),
    kept,
    remedy: entry.remedy,
    details: details(code, message, facts),
  }
}

function details(code: string, message: string, facts: Facts) {
  const known = Object.entries({ code, ...facts }).filter(([, value]) => value !== null && value !== '')
  return [message, ...known.map(([name, value]) => `${name}: ${value}`)].filter(Boolean).join('\n')
}

/** A stand-in for a name ("the service") needs a capital where it begins, and no gap between Chinese signs. */
function sentence(words: string) {
  const standsIn = [m.error_the_service(), m.error_the_model()].some((name) => words.startsWith(name))
  const closed = words.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
  return standsIn ? closed.charAt(0).toLocaleUpperCase() + closed.slice(1) : closed
}
