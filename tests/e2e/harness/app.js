// Medley in its real window, used as a person would: by looking for roles and names, by clicking and typing.

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Key } from 'selenium-webdriver'
import { startDemo } from './demo.js'
import { openDesk } from './desk.js'
import { openDriven } from './driver.js'
import { Element } from './element.js'
import { ask, atRest, audit, picture } from './page.js'
import { built, shots } from './places.js'
import { isGone, until } from './processes.js'
import { openSpeaker } from './speaker.js'

/**
 * Opens the app at a desk of its own.
 * @param {object} wish
 * @param {string} [wish.home] Medley's folder; by default one that is thrown away with the desk
 * @param {{ script?: string, key?: string }} [wish.demo] starts a demo gateway beside it, as `app.demo`
 * @param {string[]} [wish.args] more arguments for the program
 * @param {string} [wish.language] as in LANG: `zh_CN.UTF-8`
 * @param {boolean} [wish.dark] the desktop asks for dark colours
 * @param {boolean} [wish.speaker] a loudspeaker, as `app.speaker`; without it there is none
 * @param {boolean} [wish.microphone] a microphone too, as `app.microphone`
 * @param {boolean} [wish.keyring] false: a computer without a keychain
 * @param {string} [wish.profile] the cargo profile of the programs, `debug` unless told
 * @returns {Promise<App>}
 */
export async function launch(wish = {}) {
  const desk = await openDesk({
    keyring: wish.keyring,
    language: wish.language,
  })
  const app = new App(desk, wish)
  try {
    if (wish.speaker || wish.microphone) Object.assign(app, await openSpeaker(desk))
    if (wish.demo) app.demo = await startDemo({ profile: wish.profile, ...wish.demo })
    await app.open()
  } catch (error) {
    await app.close()
    throw error
  }
  return app
}

class App {
  #desk
  #wish
  #driven
  #earlier = ''

  constructor(desk, wish) {
    this.#desk = desk
    this.#wish = wish
    this.home = wish.home ?? join(desk.folder, 'medley')
  }

  async open() {
    const env = this.#wish.dark ? { GTK_THEME: 'Adwaita:dark' } : {}
    this.#driven = await openDriven(this.#desk, { ...this.#program(), env })
    await this.#driven.web.manage().setTimeouts({ script: 60_000 })
  }

  /** Starts another program at the same desk. */
  beside(name) {
    return this.#desk.start(built(`examples/${name}`), [])
  }

  /** Starts the program once more with the same folder, waits until that one has ended, and gives its exit code. */
  async startAgain() {
    const { binary, args } = this.#program()
    const second = this.#desk.start(binary, args)
    await until(() => second.exitCode !== null, {
      what: 'The end of the second',
      of: { output: second.output },
    })
    return second.exitCode
  }

  #program() {
    const { args = [], profile, binary = built('medley', profile) } = this.#wish
    return { binary, args: ['--home', this.home, ...args] }
  }

  /** What has this role and accessible name; see element.js for what can be done with it. */
  get(role, name) {
    return new Element(() => this.#driven.web, { role, name })
  }

  /** Presses keys as `Control+K`, `Shift+Enter`, `Escape`, `ArrowLeft`, `a`. */
  async press(...combinations) {
    for (const combination of combinations) {
      const keys = combination.split('+').map(keyOf)
      const actions = this.#driven.web.actions()
      keys.forEach((key) => actions.keyDown(key))
      keys.reverse().forEach((key) => actions.keyUp(key))
      await actions.perform()
    }
  }

  /** Types into whatever has the focus. */
  async type(text) {
    await this.#driven.web.actions().sendKeys(text).perform()
  }

  /** Carries one element onto another with the mouse, as a hand does. */
  async drag(from, onto) {
    const [[origin], [goal]] = await Promise.all([from.all(), onto.all()])
    const actions = this.#driven.web.actions()
    await actions.move({ origin }).press().move({ origin: goal, duration: 400 }).release().perform()
  }

  /** Drags with the mouse of the screen itself, as far as other programs see it; the driver's mouse ends at the window. */
  async carry(from, onto) {
    const [x, y] = await this.run(() => [window.screenX, window.screenY])
    const place = async (element) => {
      const [found] = await element.all()
      const rect = await found.getRect()
      return [rect.x + rect.width / 2 + x, rect.y + rect.height / 2 + y].map(Math.round)
    }
    const a = await place(from)
    // Another program stands at a place of the screen.
    const b = Array.isArray(onto) ? onto : await place(onto)
    const mouse = async (...words) => {
      execFileSync('xdotool', words.map(String), { env: this.#desk.env })
      // The toolkit looks at where the mouse is, now and then.
      await pause(60)
    }
    await mouse('mousemove', ...a, 'mousedown', 1)
    for (let step = 1; step <= 12; step++) {
      const at = [0, 1].map((axis) => Math.round(a[axis] + ((b[axis] - a[axis]) * step) / 12))
      await mouse('mousemove', ...at)
    }
    await mouse('mouseup', 1)
  }

  /** Waits until these words are somewhere on the screen. */
  async sees(words, seconds = 15) {
    const there = () => this.run((sought) => document.body.innerText.includes(sought), words)
    await until(there, { what: `"${words}"`, of: { output: this.output() }, seconds })
  }

  /** Role and name of what has the focus, or null. */
  focus() {
    return ask(this.#driven.web, 'focus')
  }

  /** Runs a function inside the page: for measuring, never instead of what a person would do. */
  run(script, ...args) {
    return this.#driven.web.executeScript(script, ...args)
  }

  /** As `run`, for a function whose last argument is called with the result. */
  runAsync(script, ...args) {
    return this.#driven.web.executeAsyncScript(script, ...args)
  }

  async resize(width, height) {
    await this.#driven.web.manage().window().setRect({ width, height })
  }

  /** A picture of the window, kept as target/shots/<name>.png. */
  async shot(name) {
    mkdirSync(shots, { recursive: true })
    await atRest(this.#driven.web)
    const path = join(shots, `${name}.png`)
    writeFileSync(path, await picture(this.#driven.web), 'base64')
    return path
  }

  /** What axe finds wrong with the page as it stands: an empty list is what we want. */
  axe() {
    return audit(this.#driven.web)
  }

  /** The process group of the window: the driver, which leads it, the program and its web processes. */
  get group() {
    return this.#driven.group
  }

  /** The home folder of the desk: everything that is not Medley's own. */
  get deskHome() {
    return this.#desk.home
  }

  /** Everything that the program and its driver have written so far. */
  output() {
    return this.#earlier + (this.#driven?.output() ?? '')
  }

  /** Kills the program as a power cut would. It stays dead until `open`. */
  async kill9() {
    const { pid } = this.#driven
    process.kill(pid, 'SIGKILL')
    await this.#gone(pid)
    await this.#leave()
  }

  /** Closes the window as a person would and waits until the program has ended. It stays closed until `open`. */
  async quit() {
    const { pid, web } = this.#driven
    await web.close()
    await this.#gone(pid)
    await this.#leave()
  }

  async restart() {
    await this.quit()
    await this.open()
  }

  async close() {
    await this.demo?.unplug()
    await this.#desk.close()
  }

  async #gone(pid) {
    await until(() => isGone(pid), {
      what: "The program's end",
      of: { output: this.output() },
    })
    // A slow bus still knows its name for a moment: a new one would hand over to it and end.
    await until(() => !this.#names().includes('org.medley.desktop'), { what: 'The end of its name', of: {} })
  }

  #names() {
    const ask = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
    const { env } = this.#desk
    return execFileSync('dbus-send', [...ask, 'org.freedesktop.DBus.ListNames'], { env }).toString()
  }

  async #leave() {
    this.#earlier = this.output()
    await this.#driven.close()
    this.#driven = undefined
  }
}

/** `ArrowLeft` as the driver knows it, or the letter itself. */
function keyOf(name) {
  const known = name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()
  return Key[known] ?? Key[name.toUpperCase()] ?? name.toLowerCase()
}
