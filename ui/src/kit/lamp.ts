/** Full, struck or dashed. */
export type LampState = 'on' | 'off' | 'wait'
