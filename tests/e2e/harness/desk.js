// A desk: a screen, a message bus, an unlocked keyring and a home folder that nobody else uses. What runs at a
// desk cannot see the person's own, nor the desk beside it.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { end, start, until } from './processes.js'

/** What the desk is made of, in pixels: room for a window of 1280 x 800 and for one that is dragged larger. */
const SCREEN = '1600x1000x24'

/**
 * @param {{ keyring?: boolean, language?: string }} wish `keyring: false` for a computer without a keychain.
 * @returns {Promise<Desk>}
 */
export async function openDesk({ keyring = true, language = 'C.UTF-8' } = {}) {
  const desk = new Desk(mkdtempSync(join(tmpdir(), 'medley-desk-')), language)
  try {
    await desk.open(keyring)
  } catch (error) {
    await desk.close()
    throw error
  }
  return desk
}

class Desk {
  #parts = []

  constructor(folder, language) {
    this.folder = folder
    this.home = join(folder, 'home')
    this.env = {
      PATH: process.env.PATH,
      HOME: this.home,
      USER: process.env.USER ?? 'tester',
      LANG: language,
      LOCPATH: join(folder, 'locales'),
      TZ: 'UTC',
      XDG_RUNTIME_DIR: join(folder, 'run'),
      XDG_CONFIG_HOME: join(this.home, '.config'),
      XDG_DATA_HOME: join(this.home, '.local/share'),
      XDG_CACHE_HOME: join(this.home, '.cache'),
      XDG_STATE_HOME: join(this.home, '.local/state'),
      GDK_BACKEND: 'x11',
      // A Chinese desktop asks an input method for its letters; there is none here, and capitals would get lost.
      GTK_IM_MODULE: 'gtk-im-context-simple',
    }
    for (const name of Object.keys(this.env).filter((key) => key.startsWith('XDG_'))) {
      mkdirSync(this.env[name], { recursive: true, mode: 0o700 })
    }
  }

  async open(keyring) {
    this.#language()
    await Promise.all([this.#screen(), this.#bus()])
    if (keyring) await this.#keyring()
  }

  /** Starts a program at this desk; it ends when the desk is closed. */
  start(command, args, env = {}) {
    const child = start(command, args, { env: { ...this.env, ...env } })
    this.#parts.push(child)
    return child
  }

  async close() {
    for (const part of this.#parts.reverse()) await end(part)
    rmSync(this.folder, {
      recursive: true,
      force: true,
      maxRetries: 5,
      retryDelay: 100,
    })
  }

  /** WebKit speaks only languages that the C library knows; few computers know them all. */
  #language() {
    const [name, charset] = this.env.LANG.split('.')
    if (name === 'C') return
    mkdirSync(this.env.LOCPATH)
    execFileSync('localedef', ['-i', name, '-f', charset, join(this.env.LOCPATH, this.env.LANG)])
  }

  async #screen() {
    const screen = this.start('Xvfb', [
      '-displayfd',
      '1',
      '-screen',
      '0',
      SCREEN,
      '-nolisten',
      'tcp',
      '-noreset',
    ])
    const [number] = await until(() => /^\d+$/m.exec(screen.output), {
      what: 'The screen',
      of: screen,
    })
    this.env.DISPLAY = `:${number}`
  }

  async #bus() {
    const bus = this.start('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'])
    const [address] = await until(() => /^unix:\S+$/m.exec(bus.output), {
      what: 'The message bus',
      of: bus,
    })
    this.env.DBUS_SESSION_BUS_ADDRESS = address
  }

  async #keyring() {
    const ring = start('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: this.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    this.#parts.push(ring)
    ring.stdin.end('desk')
    await until(() => this.#busHas('org.freedesktop.secrets'), {
      what: 'The keyring',
      of: ring,
    })
  }

  #busHas(name) {
    const call = [
      '--session',
      '--print-reply=literal',
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
    ]
    const ask = [...call, 'org.freedesktop.DBus.NameHasOwner', `string:${name}`]
    return execFileSync('dbus-send', ask, {
      env: this.env,
      encoding: 'utf8',
    }).includes('true')
  }
}
