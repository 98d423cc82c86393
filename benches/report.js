// Tells the figures: as a table for people, as JSON for comparing.

import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'

/** Every figure with its ratio to what it was measured beside, and whether its aim was reached. */
export function judge(figure) {
  const { value, beside, aim } = figure
  const ratio = beside ? value / beside.value : undefined
  const reached =
    (aim.ratioAtMost === undefined || ratio <= aim.ratioAtMost) &&
    (aim.ratioAtLeast === undefined || ratio >= aim.ratioAtLeast) &&
    (aim.atMost === undefined || value <= aim.atMost)
  return { ...figure, ratio, reached }
}

/** The table of docs/figures.md. */
export function table(judged) {
  const rows = judged.map(({ name, unit, value, beside, ratio, aim, reached }) => [
    name,
    amount(value, unit),
    beside ? `${amount(beside.value, unit)} (${beside.name})` : '',
    ratio === undefined ? '' : `${ratio.toFixed(2)} x`,
    aimInWords(aim, unit),
    reached ? 'reached' : '**missed**',
  ])
  const head = ['Figure', 'Medley', 'Beside it', 'Ratio', 'Aim', '']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** What the figures were measured on. */
export function machine() {
  const system = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux'
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cpus()[0].model}, ${cpus().length} cores, ${memory} GiB, ${system}, Linux ${release().split('-')[0]}`
}

function amount(value, unit) {
  const digits = value < 10 && unit ? 1 : 0
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`.trim()
}

function aimInWords({ ratioAtMost, ratioAtLeast, atMost }, unit) {
  if (ratioAtMost !== undefined) return `at most ${ratioAtMost} x`
  if (ratioAtLeast !== undefined) return `at least ${ratioAtLeast} x`
  return `at most ${amount(atMost, unit)}`
}
