// Where the built programs lie and where pictures and logs go.

import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target')
export const shots = join(target, 'shots')

/** The path of a program that cargo built; tests look at the debug build, the bench at the release build. */
export function built(name, profile = 'debug') {
  return join(target, profile, name)
}
