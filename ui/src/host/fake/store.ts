// What the fake remembers while the page lives, and the events it sends.
import type { About } from '../../bindings/About'
import type { Attachment } from '../../bindings/Attachment'
import type { Beginning } from '../../bindings/Beginning'
import type { ConversationRow } from '../../bindings/ConversationRow'
import type { Event } from '../../bindings/Event'
import type { Export } from '../../bindings/Export'
import type { Folder } from '../../bindings/Folder'
import type { Generation } from '../../bindings/Generation'
import type { LearntRow } from '../../bindings/LearntRow'
import type { Model } from '../../bindings/Model'
import type { PictureEngine } from '../../bindings/PictureEngine'
import type { Picture } from '../../bindings/Picture'
import type { Service } from '../../bindings/Service'
import type { SavePictures } from '../../bindings/SavePictures'
import type { Playback } from '../../bindings/Playback'
import type { RecorderView } from '../../bindings/RecorderView'
import type { SaveTranscript } from '../../bindings/SaveTranscript'
import type { TranscribeWith } from '../../bindings/TranscribeWith'
import type { Settings } from '../../bindings/Settings'
import type { Speak } from '../../bindings/Speak'
import type { Tool } from '../../bindings/Tool'
import { Failure, problem } from '../failure'
import type { Drag } from '../host'
import type { FakeAlbum } from './keeping-host'
import { sampleLearnt } from './learnt'
import { sampleMakings, samplePictures } from './pictures'
import { sampleModels, sampleServices } from './services'
import { SILENT, type FakeSound } from './speech-host'
import { sampleTools } from './tool-host'
import { NOTHING } from '../nothing'
import type { Talk } from './talk'
import { sampleFolders, sampleTalks } from './talks'
import { OFF, type FakeRecording } from './transcribe-host'
import type { Turn } from './turn'

export interface Scene {
  /** Nothing is connected: the first run. */
  first?: boolean
  demo?: boolean
  /** No keychain: keys can be kept in memory only. */
  keychain?: boolean
  /** Servers are found on this computer. */
  local?: boolean
  /** So many pictures were made before. */
  pictures?: number
  /** Pictures are being made, and some failed. */
  makings?: boolean
  settings?: Partial<Settings>
}

export class FakeStore {
  settings: Settings
  services: Service[]
  models: Model[]
  tools: Tool[]
  talks: Talk[]
  folders: Folder[]
  /** What was asked to be written to files. */
  exports: Export[] = []
  turns = new Map<string, Turn>()
  /** Which answer waits in which text. */
  suggestions = new Map<string, string>()
  /** Models that continue texts in a chat only. */
  wantsChat = new Set<string>()
  newDraft = ''
  pictures: Picture[]
  generations: Generation[]
  /** Makings that are done, and those put out of sight. */
  made: Generation[] = []
  dismissed: Generation[] = []
  albums: FakeAlbum[] = []
  saved: SavePictures[] = []
  /** Dragged out of the window last, by their keys. */
  dragged: number[] = []
  pictureDraft = ''
  speechDraft = ''
  sounds: FakeSound[] = []
  /** What was asked to be read aloud. */
  spoken: Speak[] = []
  playback: Playback = SILENT
  recordings: FakeRecording[] = []
  transcribeDraft = ''
  recorder: RecorderView = OFF
  /** What was asked to be written down. */
  heard: TranscribeWith[] = []
  savedTranscripts: SaveTranscript[] = []
  /** Ways of making that a model's service does not have, by model. */
  noPictures: Record<string, PictureEngine['refused']> = {}
  /** Tools of Midjourney that its service does not have. */
  noTools: PictureEngine['noTools'] = []
  attachments: Attachment[] = []
  drags = new Set<(drag: Drag) => void>()
  beginning: Beginning = { options: NOTHING, instructions: '', several: [] }
  learnt: LearntRow[]
  summing = new Map<string, ReturnType<typeof setTimeout>>()
  copied = ''
  opened: string[] = []
  readonly scene: Scene
  #listeners = new Set<(event: Event) => void>()

  constructor(scene: Scene = {}) {
    this.scene = scene
    this.services = scene.first ? [] : sampleServices()
    this.models = scene.first ? [] : sampleModels()
    this.tools = sampleTools()
    this.talks = scene.first ? [] : sampleTalks()
    this.folders = scene.first ? [] : sampleFolders()
    this.pictures = samplePictures(scene.pictures ?? (scene.first ? 0 : 40))
    this.generations = scene.makings ? sampleMakings() : []
    this.learnt = this.services.flatMap(({ id }) => sampleLearnt(id))
    this.settings = {
      theme: 'system',
      textScale: 100,
      language: '',
      sideFolded: false,
      serviceId: this.services[0]?.id ?? null,
      model: this.models[0]?.name ?? '',
      thoughtsOpen: false,
      titlesByModel: true,
      listOrder: 'newest',
      toolRounds: 8,
      options: NOTHING,
      instructions: '',
      pictureForm: 'png',
      pictureTold: true,
      improveWith: null,
      describeWith: null,
      ...scene.settings,
    }
  }

  listen(onEvent: (event: Event) => void): () => void {
    this.#listeners.add(onEvent)
    return () => this.#listeners.delete(onEvent)
  }

  tell(event: Event) {
    for (const listener of this.#listeners) listener(event)
  }

  about(): About {
    return {
      version: '0.1.0',
      home: '~/.local/share/medley',
      keychain: this.scene.keychain ?? true,
      conversations: this.talks.length,
      messages: this.talks.reduce((sum, talk) => sum + talk.messages.length, 0),
      bytes: 11_600_000,
    }
  }

  /** The files that lie on the desk of a place. */
  desk(place: string): Attachment[] {
    return this.attachments.filter((file) => file.place === place)
  }

  talk(id: string): Talk {
    return this.#found(this.talks.find((talk) => talk.conversation.id === id))
  }

  talkOf(messageId: string): Talk {
    return this.#found(this.talks.find((talk) => talk.messages.some((message) => message.id === messageId)))
  }

  service(id: string): Service {
    return this.#found(this.services.find((service) => service.id === id))
  }

  row({ conversation, messages, draft }: Talk): ConversationRow {
    const writing = messages.some((message) => message.state === 'streaming')
    const waiting = messages.some((message) => this.turns.get(message.id)?.waits())
    const shown = conversation.kind === 'text' ? '' : draft
    return { conversation: { ...conversation }, writing, waiting, draft: shown }
  }

  tellRow(talk: Talk) {
    this.tell({ kind: 'conversation', row: this.row(talk) })
  }

  #found<Thing>(thing: Thing | undefined): Thing {
    if (thing === undefined) throw new Failure(problem('gone'))
    return thing
  }
}
