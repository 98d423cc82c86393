// A fake host, for component tests and for looking at the window in a browser. It holds made-up services,
// models and conversations, and answers that write themselves (see fake/turn.ts for what can be asked of it).
// Not part of the app: production builds leave it out.
import type { Host } from './host'
import { attachmentHost } from './fake/attachment-host'
import { answersHost } from './fake/answers-host'
import { WHOLE_LIST } from './lists'
import { binHost } from './fake/bin-host'
import { chatHost } from './fake/chat-host'
import { textHost } from './fake/text-host'
import { findHost, folderRows, orderHost, outHost } from './fake/order-host'
import { modelHost, serviceHost } from './fake/service-host'
import { paint } from './fake/paint'
import { pictureHost } from './fake/picture-host'
import { FakeStore, type Scene } from './fake/store'
import { playerHost, speechHost } from './fake/speech-host'
import { toolHost } from './fake/tool-host'
import { recorderHost, recordingsHost } from './fake/transcribe-host'

export { FakeStore, type Scene }

/** A host over a store of its own. */
export function fakeHost(store: FakeStore): Host {
  return {
    start: async () => ({
      settings: store.settings,
      services: store.services,
      models: store.models,
      conversations: await chatHost(store).list(WHOLE_LIST),
      folders: folderRows(store),
      draft: store.newDraft,
      attachments: store.desk('new'),
      beginning: store.beginning,
      interrupted: [],
      demo: store.scene.demo ?? false,
    }),
    ready: async () => {},
    about: async () => store.about(),
    async saveSettings(settings) {
      store.settings = settings
    },
    listen: (onEvent) => store.listen(onEvent),
    async openLink(url) {
      store.opened.push(url)
    },
    async copyText(text) {
      store.copied = text
    },
    mediaUrl: (id) => paint(id),
    enterDemo: async () => location.assign('?demo'),
    leaveDemo: async () => location.assign('?first'),
    services: serviceHost(store),
    models: modelHost(store),
    tools: toolHost(store),
    attachments: attachmentHost(store),
    media: { tryAgain: async () => {}, save: async () => true },
    pictures: pictureHost(store),
    speech: speechHost(store),
    player: playerHost(store),
    recordings: recordingsHost(store),
    recorder: recorderHost(store),
    chat: chatHost(store),
    texts: textHost(store),
    answers: answersHost(store),
    bin: binHost(store),
    order: orderHost(store),
    find: findHost(store),
    out: outHost(store),
  }
}

/** The scene named in the page's address: ?first, ?demo, ?local, ?nokeychain, ?theme=dark,
 * ?language=zh-CN, ?text=150, ?pictures=200000, ?makings */
function sceneOf(asked: URLSearchParams): Scene {
  return {
    first: asked.has('first'),
    demo: asked.has('demo'),
    local: asked.has('local'),
    keychain: !asked.has('nokeychain'),
    makings: asked.has('makings'),
    ...(asked.has('pictures') && { pictures: Number(asked.get('pictures')) }),
    settings: {
      ...(asked.has('theme') && { theme: asked.get('theme') === 'dark' ? 'dark' : 'light' }),
      ...(asked.has('language') && { language: asked.get('language') ?? '' }),
      ...(asked.has('text') && { textScale: Number(asked.get('text')) }),
    },
  }
}

/** What the fake of this page remembers; tests look into it and change it. */
export const fakeStore = new FakeStore(sceneOf(new URLSearchParams(location.search)))

export const browserHost = fakeHost(fakeStore)
