// WebKitWebDriver and the app that it opens: one driver per opened window, because a driver whose window was
// killed keeps the dead session and refuses a new one.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { Capabilities, WebDriver } from 'selenium-webdriver'
import { Executor, HttpClient } from 'selenium-webdriver/http/index.js'
import { end, until } from './processes.js'

/**
 * Opens `binary` at a desk, driven.
 * @param {{ binary: string, args: string[], env: Record<string, string> }} program
 * @returns {Promise<{ web: import('selenium-webdriver').WebDriver, pid: number, output: () => string, close: () => Promise<void> }>}
 */
export async function openDriven(desk, { binary, args, env }) {
  const port = await freePort()
  const server = desk.start('WebKitWebDriver', [`--port=${port}`], { ...env, TAURI_WEBVIEW_AUTOMATION: 'true' })
  const url = `http://127.0.0.1:${port}`
  await until(() => answers(url), { what: 'The driver', of: server })
  const close = () => end(server)
  try {
    const options = new Capabilities().set('webkitgtk:browserOptions', { binary, args })
    const web = WebDriver.createSession(new Executor(new HttpClient(url)), options)
    await web.getSession()
    const pid = memberRunning(server.pid, binary)
    return { web, pid, output: () => server.output, close }
  } catch (error) {
    await close()
    throw new Error(`The window did not open: ${error.message}\n${server.output}`, { cause: error })
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

async function answers(url) {
  try {
    return (await fetch(`${url}/status`)).ok
  } catch {
    return false // not listening yet: asked again until the time is up
  }
}

/** The process of the driver's group that runs this program. */
function memberRunning(group, binary) {
  const found = readdirSync('/proc').find((pid) => {
    try {
      return /^\d+$/.test(pid) && groupOf(pid) === group && readlinkSync(`/proc/${pid}/exe`) === binary
    } catch {
      return false // it ended while we looked
    }
  })
  if (!found) throw new Error(`the driver runs, but not ${binary}`)
  return Number(found)
}

function groupOf(pid) {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)
  return Number(afterName.split(' ')[2])
}
