// Measures every figure beside its limit in the same run: node benches/bench.js [--runs N] [FIGURE...]
// Called by scripts/bench, which builds everything first. Writes target/bench/figures.json, and docs/figures.md when
// every figure was measured. A missed aim is reported, not failed: a machine may be busy.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch } from '../tests/e2e/harness/app.js'
import { built, root, target } from '../tests/e2e/harness/places.js'
import { firehose } from './figures/firehose.js'
import { gallery } from './figures/gallery.js'
import { longConversation } from './figures/long-conversation.js'
import { memory } from './figures/memory.js'
import { find, keeping, renderer, store } from './figures/organs.js'
import { scroll } from './figures/scroll.js'
import { start } from './figures/start.js'
import { thumbnail } from './figures/thumbnail.js'
import { typing } from './figures/typing.js'
import { judge, machine, table } from './report.js'
import { connect } from './steps.js'

const FIGURES = {
  start,
  memory,
  firehose,
  longConversation,
  scroll,
  typing,
  renderer,
  store,
  find,
  thumbnail,
  keeping,
  gallery,
}
const CONVERSATIONS = 2000
const MESSAGES = 100_000
const LONG = 10_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' } },
})
const chosen = positionals.length ? positionals : Object.keys(FIGURES)
const home = mkdtempSync(join(tmpdir(), 'medley-bench-'))
try {
  await fillHome(home)
  const judged = []
  for (const name of chosen) {
    // One that cannot be measured keeps nobody from the others.
    try {
      const figures = await FIGURES[name]({ runs: Number(values.runs), home })
      judged.push(...figures.map(judge))
      console.error(`measured: ${name}`)
    } catch (error) {
      process.exitCode = 1
      console.error(`not measured: ${name}: ${error.message}`)
    }
  }
  write(judged)
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** A service is connected as a person would; then made-up conversations are filled in beside it. */
async function fillHome(folder) {
  const app = await launch({
    profile: 'release',
    home: folder,
    demo: { script: 'tests' },
  })
  try {
    await connect(app)
    await app.quit()
  } finally {
    await app.close()
  }
  execFileSync(built('examples/fill', 'release'), [folder, CONVERSATIONS, MESSAGES, LONG].map(String))
}

function write(judged) {
  const text = table(judged)
  console.log(text)
  mkdirSync(join(target, 'bench'), { recursive: true })
  const facts = {
    at: new Date().toISOString(),
    machine: machine(),
    runs: Number(values.runs),
    figures: judged,
  }
  writeFileSync(join(target, 'bench/figures.json'), `${JSON.stringify(facts, null, 2)}\n`)
  if (process.exitCode || chosen.length < Object.keys(FIGURES).length) return
  const page = `# Figures

Measured by \`scripts/bench\` on ${facts.at.slice(0, 10)}: release build, medians of ${facts.runs} runs, each beside its limit in the same run,
on a virtual screen (${facts.machine}).

${text}
`
  writeFileSync(join(root, 'docs/figures.md'), page)
}
