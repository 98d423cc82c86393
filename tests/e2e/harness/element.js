// Something on the screen, named by role and accessible name, looked up anew for every act: it may not be there
// yet, or the page may have drawn it again since.

import { setTimeout as pause } from 'node:timers/promises'
import { error as problem } from 'selenium-webdriver'
import { ask } from './page.js'

/** Long enough for a busy machine; nothing is asserted about speed. */
const PATIENCE = 15_000

/** It is there, but not ready to be acted upon: hidden, moving, or under something that is going away. */
const NOT_READY = [problem.ElementNotInteractableError, problem.ElementClickInterceptedError]

export class Element {
  #web
  #role
  #name
  #within
  #place

  /** `web` gives the driver of now: what was named before a restart is found after it too. */
  constructor(web, { role, name, within, place }) {
    this.#web = web
    this.#role = role
    this.#name = name
    this.#within = within
    this.#place = place
  }

  /** An element inside this one. */
  get(role, name) {
    return new Element(this.#web, { role, name, within: this })
  }

  /** Where several are meant: the one at this place, counted from 0, or from the end with -1. */
  at(place) {
    return new Element(this.#web, { role: this.#role, name: this.#name, within: this.#within, place })
  }

  async all() {
    for (;;) {
      try {
        return await this.#look()
      } catch (error) {
        if (!isStale(error)) throw error
      }
    }
  }

  async #look() {
    const within = this.#within ? (await this.#within.all())[0] : undefined
    if (this.#within && !within) return []
    const name =
      this.#name instanceof RegExp ? { source: this.#name.source, flags: this.#name.flags } : this.#name
    const found = await ask(this.#web(), 'find', { role: this.#role, name }, within)
    return this.#place === undefined ? found : found.slice(this.#place).slice(0, 1)
  }

  async count() {
    return (await this.all()).length
  }

  async isThere() {
    return (await this.count()) > 0
  }

  /** Waits until it is on the screen. */
  async appear(seconds) {
    await this.#until(async () => (await this.isThere()) || undefined, 'is not there', seconds)
    return this
  }

  /** Waits until it is gone from the screen. */
  async vanish(seconds) {
    await this.#until(async () => !(await this.isThere()) || undefined, 'is still there', seconds)
  }

  /** Waits until its text fits `wanted` (text that it contains, or a regular expression), and returns the text. */
  async says(wanted, seconds) {
    let last = ''
    const fits = async () => {
      last = await this.text()
      return (wanted instanceof RegExp ? wanted.test(last) : last.includes(wanted)) ? last : undefined
    }
    return this.#until(fits, () => `does not say ${wanted}, but: ${last}`, seconds)
  }

  /** Presses it; what is disabled is waited for, since the driver presses it without a word. */
  click() {
    return this.#act(async (element) => {
      if (!(await element.isEnabled())) throw new problem.ElementNotInteractableError('it is disabled')
      try {
        await element.click()
      } catch (error) {
        // The driver does not reach what a panel of its own scrolling shows only the edge of.
        await this.#web().executeScript('arguments[0].scrollIntoView({ block: "center" })', element)
        throw error
      }
    })
  }

  /** Types at the end of what is there. */
  type(text) {
    return this.#act((element) => element.sendKeys(text))
  }

  /** Replaces what is there. */
  async fill(text) {
    await this.#act((element) => element.clear())
    if (text !== '') await this.type(text)
  }

  text() {
    // The driver finds no text in what is cut at its edge; the page does.
    return this.#act(
      async (element) => (await element.getText()) || (await element.getProperty('innerText')) || '',
    )
  }

  value() {
    return this.#act((element) => element.getProperty('value'))
  }

  toString() {
    const name = this.#name === undefined ? '' : ` "${this.#name}"`
    const place = this.#place === undefined ? '' : ` at ${this.#place}`
    return `${this.#role}${name}${place}${this.#within ? ` in ${this.#within}` : ''}`
  }

  /** Acts on the one element meant, as soon as there is exactly one and it lets itself be acted upon. */
  #act(act) {
    let why = 'is not there'
    const tryOnce = async () => {
      const found = await this.all()
      why = found.length === 0 ? 'is not there' : `is there ${found.length} times`
      if (found.length !== 1) return undefined
      try {
        return { done: await act(found[0]) }
      } catch (error) {
        if (!isStale(error) && !NOT_READY.some((kind) => error instanceof kind)) throw error
        why = `cannot be used: ${error.message}`
        return undefined
      }
    }
    return this.#until(tryOnce, () => why).then(({ done }) => done)
  }

  async #until(look, why, seconds = PATIENCE / 1000) {
    const deadline = Date.now() + seconds * 1000
    for (;;) {
      const found = await look()
      if (found !== undefined) return found
      if (Date.now() > deadline) throw new Error(`${this} ${typeof why === 'string' ? why : why()}`)
      await pause(50)
    }
  }
}

/** What we looked inside of was drawn again meanwhile. */
function isStale(error) {
  return error instanceof problem.StaleElementReferenceError || /^Stale element/.test(error.message)
}
