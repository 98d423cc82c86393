// Child processes in groups of their own, so that nothing outlives a test: not even the grandchildren that a
// killed driver or a message bus leaves behind.

import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

const running = new Set()

/**
 * Starts a program in its own process group.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
    detached: true,
  })
  child.output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => (child.output += bytes))
  child.on('error', (error) => (child.output += `${command}: ${error.message}`))
  running.add(child)
  return child
}

/** Ends the whole group of a process and waits until its leader is gone. */
export async function end(child) {
  if (!running.delete(child) || !child.pid) return
  const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
  killGroup(child.pid)
  await gone
}

/** Waits until `look` gives something, and returns it. Fails with what the process said when it does not come. */
export async function until(look, { what, of, seconds = 20 }) {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const found = await look()
    if (found) return found
    const ended = typeof of?.exitCode === 'number' || typeof of?.signalCode === 'string'
    if (ended || Date.now() > deadline) {
      throw new Error(
        `${what} did not come${ended ? ', its process ended' : ''}. It said:\n${of?.output ?? ''}`,
      )
    }
    await pause(20)
  }
}

/** Has this process ended? One that only waits to be collected by its parent has. */
export function isGone(pid) {
  const state = stat(pid)?.[0]
  return state === undefined || state === 'Z'
}

/** The living processes of a group. */
export function membersOf(group) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return all.map(Number).filter((pid) => Number(stat(pid)?.[2]) === group && !isGone(pid))
}

/** What the kernel tells of a process behind its name: state, parent, group, ...; undefined when there is none. */
function stat(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined
    throw error
  }
}

function once(child, event) {
  return new Promise((resolve) => child.once(event, resolve))
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

process.on('exit', () => running.forEach((child) => child.pid && killGroup(child.pid)))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))
