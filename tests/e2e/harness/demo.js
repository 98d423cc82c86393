// The demo gateway as a process of its own, so that a test can look at what reached it, and can pull the network
// by ending it.

import { built } from './places.js'
import { end, start, until } from './processes.js'

/**
 * @param {{ script?: string, key?: string, midjourney?: string, profile?: string }} wish `midjourney`: its tasks, as which server
 * @returns {Promise<Demo>}
 */
export async function startDemo({ script = 'tests', key, midjourney, profile } = {}) {
  const more = [...(key ? ['--key', key] : []), ...(midjourney ? ['--midjourney', midjourney] : [])]
  const demo = new Demo(built('demo-gateway', profile), ['--script', script, ...more])
  await demo.plugIn()
  return demo
}

class Demo {
  #program
  #args
  #process

  constructor(program, args) {
    this.#program = program
    this.#args = args
  }

  /** Starts serving; after `unplug`, at the same address as before. */
  async plugIn() {
    const port = this.url ? ['--port', new URL(this.url).port] : []
    this.#process = start(this.#program, [...this.#args, ...port], {
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    const [line] = await until(() => /^\{.*\}$/m.exec(this.#process.output), {
      what: "The demo gateway's address",
      of: this.#process,
    })
    this.url = JSON.parse(line).url
  }

  /** Pulls the network: from now on nothing answers at this address. */
  async unplug() {
    await end(this.#process)
  }

  /** The requests that arrived, oldest first. */
  requests() {
    return this.#control('requests')
  }

  /** The bytes of a file that came in a form. */
  async file(sha256) {
    const response = await fetch(`${this.url}/__demo/files/${sha256}`)
    if (!response.ok) throw new Error(`The demo gateway has no file ${sha256}`)
    return Buffer.from(await response.arrayBuffer())
  }

  /** The clients that went away while an answer was being sent. */
  dropped() {
    return this.#control('dropped')
  }

  clear() {
    return this.#control('clear', {})
  }

  async #control(name, body) {
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }
    const response = await fetch(`${this.url}/__demo/${name}`, body ? post : undefined)
    const text = await response.text()
    if (!response.ok) throw new Error(`The demo gateway refused ${name}: ${response.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }
}
