// Memory of a program with all its processes.

import { readFileSync } from 'node:fs'
import { membersOf } from '../tests/e2e/harness/processes.js'

/** Proportional memory of a process group in bytes, without the driver that leads it. */
export function pssOfGroup(group) {
  const members = membersOf(group).filter((pid) => pid !== group)
  return members.reduce((sum, pid) => sum + pssOf(pid), 0)
}

function pssOf(pid) {
  const [, kilobytes] = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))
  return Number(kilobytes) * 1024
}
