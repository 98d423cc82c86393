// WebKitWebDriver and the app that it opens: one driver per opened window, because a driver whose window was
// killed holds on to it and opens no other.

import { readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { Capabilities, WebDriver } from 'selenium-webdriver'
import { Executor, HttpClient } from 'selenium-webdriver/http/index.js'
import { end, membersOf, until } from './processes.js'

/**
 * Opens `binary` at a desk, driven.
 * @param {{ binary: string, args: string[], env: Record<string, string> }} program
 * @returns {Promise<{ web: import('selenium-webdriver').WebDriver, pid: number, group: number, output: () => string, close: () => Promise<void> }>}
 */
export async function openDriven(desk, { binary, args, env }) {
  const port = await freePort()
  const server = desk.start('WebKitWebDriver', [`--port=${port}`], {
    ...env,
    TAURI_WEBVIEW_AUTOMATION: 'true',
  })
  const url = `http://127.0.0.1:${port}`
  await until(() => answers(url), { what: 'The driver', of: server })
  const close = () => end(server)
  try {
    const options = new Capabilities().set('webkitgtk:browserOptions', {
      binary,
      args,
    })
    const web = WebDriver.createSession(new Executor(new HttpClient(url)), options)
    await web.getSession()
    const pid = membersOf(server.pid).find((member) => readlinkSync(`/proc/${member}/exe`) === binary)
    return { web, pid, group: server.pid, output: () => server.output, close }
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
