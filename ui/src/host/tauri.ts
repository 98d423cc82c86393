// The host inside the app: each method is one command of the engine, named by its path in snake case.
import { Channel, convertFileSrc, invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import type { Event } from '../bindings/Event'
import type { TurnUpdate } from '../bindings/TurnUpdate'
import { failureOf } from './failure'
import type { Host } from './host'

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

function watch(answerId: string, onUpdate: (update: TurnUpdate) => void) {
  const channel = new Channel<TurnUpdate>()
  channel.onmessage = onUpdate
  const began = call('chat_watch', { answerId, channel })
  // A message that is gone has nothing to follow: the view reads it anew and finds out.
  began.catch(() => {})
  return () => {
    channel.onmessage = () => {}
    began.then(() => call('chat_unwatch', { answerId, channelId: channel.id })).catch(() => {})
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
    remove: (id) => call('services_remove', { id }),
    learnt: (id) => call('services_learnt', { id }),
    forgetLearnt: (id) => call('services_forget_learnt', { id }),
  },
  models: {
    list: () => call('models_list'),
    refresh: (serviceId) => call('models_refresh', { serviceId }),
    setFavourite: (serviceId, name, favourite) =>
      call('models_set_favourite', { serviceId, name, favourite }),
    addTypedIn: (serviceId, name) => call('models_add_typed_in', { serviceId, name }),
  },
  tools: {
    list: () => call('tools_list'),
    read: (pasted) => call('tools_read', { pasted }),
    save: (draft) => call('tools_save', { draft }),
    setPolicy: (id, policy) => call('tools_set_policy', { id, policy }),
    remove: (id) => call('tools_remove', { id }),
  },
  chat: {
    list: (query) => call('chat_list', { query }),
    open: (id) => call('chat_open', { id }),
    messages: (ids) => call('chat_messages', { ids }),
    send: (question) => call('chat_send', { question }),
    retry: (answerId, ask) => call('chat_retry', { answerId, ask }),
    edit: (questionId, text, ask) => call('chat_edit', { questionId, text, ask }),
    goOn: (answerId) => call('chat_go_on', { answerId }),
    stop: (answerId) => call('chat_stop', { answerId }),
    answerCall: (answerId, callId, decision) => call('chat_answer_call', { answerId, callId, decision }),
    watch,
    choose: (messageId, version) => call('chat_choose', { messageId, version }),
    rename: (id, title) => call('chat_rename', { id, title }),
    pin: (id, pinned) => call('chat_pin', { id, pinned }),
    remove: (id) => call('chat_remove', { id }),
    restore: (id) => call('chat_restore', { id }),
    emptyBin: () => call('chat_empty_bin'),
    removeMessage: (id) => call('chat_remove_message', { id }),
    restoreMessage: (id) => call('chat_restore_message', { id }),
    saveDraft: (place, text) => call('chat_save_draft', { place, text }),
  },
}
