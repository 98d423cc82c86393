// The host inside the app: each method is one command of the engine, named by its path in snake case.
import { Channel, convertFileSrc, invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import type { Attachment } from '../bindings/Attachment'
import type { Event } from '../bindings/Event'
import type { TookIn } from '../bindings/TookIn'
import type { TranscribeWith } from '../bindings/TranscribeWith'
import type { TurnUpdate } from '../bindings/TurnUpdate'
import { failureOf } from './failure'
import type { Drag, Host } from './host'

async function call<Answer = void>(command: string, args?: Record<string, unknown>): Promise<Answer> {
  try {
    return await invoke<Answer>(command, args)
  } catch (thrown) {
    throw failureOf(thrown)
  }
}

/** A subscription that may be given up before the other side has confirmed it. */
function follow(onEvent: (event: Event) => void) {
  const stop = listen<Event>('medley', (message) => onEvent(message.payload))
  return () => void stop.then((unlisten) => unlisten())
}

const watch = (command: string) => (answerId: string, onUpdate: (update: TurnUpdate) => void) => {
  const channel = new Channel<TurnUpdate>()
  channel.onmessage = onUpdate
  const began = call(command, { answerId, channel })
  // A message that is gone has nothing to follow: the view reads it anew and finds out.
  began.catch(() => {})
  return () => {
    channel.onmessage = () => {}
    began.then(() => call('chat_unwatch', { answerId, channelId: channel.id })).catch(() => {})
  }
}

function onDrag(hear: (drag: Drag) => void) {
  const stop = listen<Drag>('medley-drag', (message) => hear(message.payload))
  return () => void stop.then((unlisten) => unlisten())
}

/** Bytes travel as they are; what belongs to them stands in headers, which take plain letters only. */
async function addBytes(place: string, name: string, bytes: Uint8Array): Promise<Attachment> {
  try {
    return await invoke<Attachment>('attachments_add', bytes, {
      headers: { place, name: encodeURIComponent(name) },
    })
  } catch (thrown) {
    throw failureOf(thrown)
  }
}

async function importBytes(bytes: Uint8Array): Promise<void> {
  try {
    await invoke('pictures_import_bytes', bytes)
  } catch (thrown) {
    throw failureOf(thrown)
  }
}

async function addSound(name: string, bytes: Uint8Array, wish: TranscribeWith | null): Promise<TookIn> {
  const headers = { name: encodeURIComponent(name), with: encodeURIComponent(JSON.stringify(wish)) }
  try {
    return await invoke<TookIn>('recordings_add', bytes, { headers })
  } catch (thrown) {
    throw failureOf(thrown)
  }
}

export const tauriHost: Host = {
  start: () => call('start'),
  ready: () => call('ready'),
  about: () => call('about'),
  saveSettings: (settings) => call('save_settings', { settings }),
  listen: follow,
  openLink: (url) => call('open_link', { url }),
  copyText: (text) => call('copy_text', { text }),
  mediaUrl: (id, size) => convertFileSrc(id, 'media') + (size ? `?size=${size}` : ''),
  enterDemo: () => call('enter_demo'),
  leaveDemo: () => call('leave_demo'),
  services: {
    readAddress: (address) => call('services_read_address', { address }),
    connect: (request) => call('services_connect', { request }),
    findLocal: () => call('services_find_local'),
    test: (id) => call('services_test', { id }),
    rename: (id, name) => call('services_rename', { id, name }),
    setAddress: (id, address) => call('services_set_address', { id, address }),
    replaceKey: (id, key, inMemory) => call('services_replace_key', { id, key, inMemory }),
    removeKey: (id) => call('services_remove_key', { id }),
    setUploadAddress: (id, address) => call('services_set_upload_address', { id, address }),
    setMidjourneyAddress: (id, address) => call('services_set_midjourney_address', { id, address }),
    remove: (id) => call('services_remove', { id }),
    learnt: (id) => call('services_learnt', { id }),
    forgetLearnt: (id) => call('services_forget_learnt', { id }),
    forgetLearntOf: (id, model) => call('services_forget_learnt_of', { id, model }),
  },
  models: {
    list: () => call('models_list'),
    refresh: (serviceId) => call('models_refresh', { serviceId }),
    setFavourite: (serviceId, name, favourite) =>
      call('models_set_favourite', { serviceId, name, favourite }),
    addTypedIn: (serviceId, name) => call('models_add_typed_in', { serviceId, name }),
    readGpt: (serviceId, pasted) => call('models_read_gpt', { serviceId, pasted }),
    addGpt: (serviceId, name, label) => call('models_add_gpt', { serviceId, name, label }),
  },
  tools: {
    list: () => call('tools_list'),
    read: (pasted) => call('tools_read', { pasted }),
    save: (draft) => call('tools_save', { draft }),
    setPolicy: (id, policy) => call('tools_set_policy', { id, policy }),
    remove: (id) => call('tools_remove', { id }),
  },
  attachments: {
    pick: (place) => call('attachments_pick', { place }),
    add: addBytes,
    takeDropped: (place) => call('attachments_take_dropped', { place }),
    link: (place, address) => call('attachments_link', { place, address }),
    remove: (id) => call('attachments_remove', { id }),
    restore: (id) => call('attachments_restore', { id }),
    retry: (id) => call('attachments_retry', { id }),
    setDetail: (id, detail) => call('attachments_set_detail', { id, detail }),
    text: (id) => call('attachments_text', { id }),
    onDrag,
  },
  media: {
    tryAgain: (attachmentId) => call('media_try_again', { attachmentId }),
    save: (id) => call('media_save', { id }),
  },
  pictures: {
    engines: () => call('pictures_engines'),
    tryAnyway: (serviceId, model) => call('pictures_try_anyway', { serviceId, model }),
    references: (place) => call('pictures_references', { place }),
    referTo: (place, mediaId) => call('pictures_refer_to', { place, mediaId }),
    vary: (id, serviceId, model) => call('pictures_vary', { id, serviceId, model }),
    improve: (ask, prompt) => call('pictures_improve', { ask, prompt }),
    describe: (ask, id, language) => call('pictures_describe', { ask, id, language }),
    stopWords: () => call('pictures_stop_words'),
    draft: () => call('pictures_draft'),
    make: (request) => call('pictures_make', { request }),
    press: (request) => call('pictures_press', { request }),
    told: () => call('pictures_told'),
    seed: (id) => call('pictures_seed', { id }),
    cut: (id) => call('pictures_cut', { id }),
    atService: (serviceId) => call('pictures_at_service', { serviceId }),
    layDown: (serviceId, mediaId) => call('pictures_lay_down', { serviceId, mediaId }),
    importPast: (serviceId) => call('pictures_import_past', { serviceId }),
    cancel: (generationId) => call('pictures_cancel', { generationId }),
    tryAgain: (generationId) => call('pictures_try_again', { generationId }),
    dismiss: (generationId) => call('pictures_dismiss', { generationId }),
    restoreGeneration: (generationId) => call('pictures_restore_generation', { generationId }),
    generations: () => call('pictures_generations'),
    import: (from) => call('pictures_import', { from }),
    importDropped: () => call('pictures_import_dropped'),
    importBytes,
    stopImporting: () => call('pictures_stop_importing'),
    shelf: () => call('pictures_shelf'),
    change: (keys, change) => call('pictures_change', { keys, change }),
    saveMany: (wish) => call('pictures_save', { wish }),
    makeAlbum: (name) => call('pictures_make_album', { name }),
    renameAlbum: (id, name) => call('pictures_rename_album', { id, name }),
    removeAlbum: (id) => call('pictures_remove_album', { id }),
    restoreAlbum: (id) => call('pictures_restore_album', { id }),
    outline: (query) => call('pictures_outline', { query }),
    rows: (query, from, count) => call('pictures_rows', { query, from, count }),
    picture: (id) => call('pictures_picture', { id }),
    star: (ids, starred) => call('pictures_star', { ids, starred }),
    remove: (ids) => call('pictures_remove', { ids }),
    restore: (ids) => call('pictures_restore', { ids }),
    fetchAgain: (id) => call('pictures_fetch_again', { id }),
    saveOriginal: (id) => call('pictures_save_original', { id }),
    saveAs: (id, wish) => call('pictures_save_as', { id, wish }),
    copy: (id) => call('pictures_copy', { id }),
    dragOut: (keys) => call('pictures_drag_out', { keys }),
  },
  speech: {
    speakers: () => call('speech_speakers'),
    draft: () => call('speech_draft'),
    speak: (request) => call('speech_speak', { request }),
    stop: (id) => call('speech_stop', { id }),
    enough: (id) => call('speech_enough', { id }),
    goOn: (id) => call('speech_go_on', { id }),
    list: (search, from, count) => call('speech_list', { search, from, count }),
    sound: (id) => call('speech_sound', { id }),
    rename: (id, title) => call('speech_rename', { id, title }),
    remove: (id) => call('speech_remove', { id }),
    restore: (id) => call('speech_restore', { id }),
    save: (id) => call('speech_save', { id }),
  },
  recordings: {
    scribes: () => call('recordings_scribes'),
    draft: () => call('recordings_draft'),
    list: (search, from, count) => call('recordings_list', { search, from, count }),
    page: (id, task) => call('recordings_page', { id, task }),
    pick: (wish) => call('recordings_pick', { with: wish }),
    takeDropped: (wish) => call('recordings_take_dropped', { with: wish }),
    add: addSound,
    transcribe: (id, task, wish) => call('recordings_transcribe', { id, task, with: wish }),
    pause: (id) => call('recordings_pause', { id }),
    goOn: (id, wish) => call('recordings_go_on', { id, with: wish }),
    changeLines: (id, out, put) => call('recordings_change_lines', { id, out, put }),
    rename: (id, name) => call('recordings_rename', { id, name }),
    remove: (id) => call('recordings_remove', { id }),
    restore: (id) => call('recordings_restore', { id }),
    save: (wish) => call('recordings_save', { wish }),
    saveSound: (id) => call('recordings_save_sound', { id }),
    play: (id, fromMs) => call('recordings_play', { id, fromMs }),
  },
  recorder: {
    microphones: () => call('recorder_microphones'),
    arm: (microphone) => call('recorder_arm', { microphone }),
    disarm: () => call('recorder_disarm'),
    begin: (name, microphone) => call('recorder_begin', { name, microphone }),
    pause: (waits) => call('recorder_pause', { waits }),
    end: () => call('recorder_end'),
    now: () => call('recorder_now'),
  },
  player: {
    play: (id, fromMs) => call('player_play', { id, fromMs }),
    pause: () => call('player_pause'),
    seek: (toMs) => call('player_seek', { toMs }),
    setSpeed: (speed) => call('player_set_speed', { speed }),
    setVolume: (volume) => call('player_set_volume', { volume }),
    playback: () => call('player_playback'),
  },
  chat: {
    list: (query) => call('chat_list', { query }),
    open: (id) => call('chat_open', { id }),
    openAt: (messageId) => call('chat_open_at', { messageId }),
    messages: (ids) => call('chat_messages', { ids }),
    send: (question) => call('chat_send', { question }),
    retry: (answerId, ask) => call('chat_retry', { answerId, ask }),
    edit: (questionId, edit) => call('chat_edit', { questionId, edit }),
    goOn: (answerId) => call('chat_go_on', { answerId }),
    stop: (answerId) => call('chat_stop', { answerId }),
    answerCall: (answerId, callId, decision) => call('chat_answer_call', { answerId, callId, decision }),
    watch: watch('chat_watch'),
    choose: (messageId, version) => call('chat_choose', { messageId, version }),
    showBeside: (answerId) => call('chat_show_beside', { answerId }),
    goOnWith: (answerId) => call('chat_go_on_with', { answerId }),
    setSeveral: (id, asks) => call('chat_set_several', { id, asks }),
    branch: (messageId, title) => call('chat_branch', { messageId, title }),
    rename: (id, title) => call('chat_rename', { id, title }),
    pin: (id, pinned) => call('chat_pin', { id, pinned }),
    remove: (id) => call('chat_remove', { id }),
    restore: (id) => call('chat_restore', { id }),
    removeMessage: (id) => call('chat_remove_message', { id }),
    restoreMessage: (id) => call('chat_restore_message', { id }),
    saveDraft: (place, text) => call('chat_save_draft', { place, text }),
    setOptions: (id, options) => call('chat_set_options', { id, options }),
    setInstructions: (id, instructions) => call('chat_set_instructions', { id, instructions }),
    saveBeginning: (beginning) => call('chat_save_beginning', { beginning }),
    outlook: (id, ask, typed) => call('chat_outlook', { id, ask, typed }),
    sumUp: (id, ask) => call('chat_sum_up', { id, ask }),
    stopSummingUp: (id) => call('chat_stop_summing_up', { id }),
    forgetSummary: (id) => call('chat_forget_summary', { id }),
    leaveOut: (answerId, ask) => call('chat_leave_out', { answerId, ask }),
  },
  answers: {
    confidence: (id) => call('answers_confidence', { id }),
    pieces: (id, word) => call('answers_pieces', { id, word }),
    data: (id) => call('answers_data', { id }),
    rows: (id, from) => call('answers_rows', { id, from }),
    parts: (id, parts) => call('answers_parts', { id, parts }),
    dataText: (id, form) => call('answers_data_text', { id, form }),
    checkSchema: (schema) => call('answers_check_schema', { schema }),
  },
  bin: {
    list: (after) => call('bin_list', { after }),
    restore: (what) => call('bin_restore', { what }),
    empty: () => call('bin_empty'),
  },
  order: {
    folders: () => call('order_folders'),
    makeFolder: (name) => call('order_make_folder', { name }),
    renameFolder: (id, name) => call('order_rename_folder', { id, name }),
    foldFolder: (id, folded) => call('order_fold_folder', { id, folded }),
    removeFolder: (id) => call('order_remove_folder', { id }),
    restoreFolder: (removed) => call('order_restore_folder', { removed }),
    ids: (query) => call('order_ids', { query }),
    arrange: (ids, change) => call('order_arrange', { ids, change }),
    putBack: (places) => call('order_put_back', { places }),
  },
  find: {
    said: (search, after) => call('find_said', { search, after }),
    saidIn: (id, search) => call('find_said_in', { id, search }),
  },
  out: {
    write: (request) => call('export_write', { export: request }),
    stop: () => call('export_stop'),
    show: () => call('export_show'),
    copyMessage: (id, words) => call('copy_message', { id, words }),
    copyConversation: (id, words) => call('copy_conversation', { id, words }),
  },
  texts: {
    begin: (text) => call('texts_begin', { text }),
    goOn: (text) => call('texts_go_on', { text }),
    goOnInChat: (answerId, ask) => call('texts_go_on_in_chat', { answerId, ask }),
    watch: watch('texts_watch'),
    settle: (id, text) => call('texts_settle', { id, text }),
    continuations: (id, before) => call('texts_continuations', { id, before }),
    goBack: (questionId, present) => call('texts_go_back', { questionId, present }),
  },
}
