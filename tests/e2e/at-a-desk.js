#!/usr/bin/env node
// Runs a command at a desk of its own (see harness/desk.js) and gives back its exit code:
//   node tests/e2e/at-a-desk.js cargo test --workspace
// Cargo and rustup keep their folders, although HOME is a new one.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { homedir } from 'node:os'
import { openDesk } from './harness/desk.js'

const [command, ...args] = process.argv.slice(2)
const desk = await openDesk()
const env = {
  ...process.env,
  ...desk.env,
  CARGO_HOME: process.env.CARGO_HOME ?? join(homedir(), '.cargo'),
  RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), '.rustup'),
}
const child = spawn(command, args, { env, stdio: 'inherit' })
const code = await new Promise((resolve) => {
  child.on('error', () => resolve(127))
  child.on('exit', (status, signal) => resolve(signal ? 1 : status))
})
await desk.close()
process.exit(code)
