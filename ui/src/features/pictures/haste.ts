/** Presses closer together than this are one: each wish is paid for. */
export const HASTE_MS = 700
