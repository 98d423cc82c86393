// What was used last in "Go to", newest first, as long as the window is open.

/** More than these would push the rest out of sight. */
const MOST = 4

let ids: readonly string[] = []

export const recent = {
  ids: () => ids,
  used(id: string) {
    ids = [id, ...ids.filter((other) => other !== id)].slice(0, MOST)
  },
  forget() {
    ids = []
  },
}
