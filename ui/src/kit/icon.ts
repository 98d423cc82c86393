import type { Component } from 'svelte'

/** An icon component as the icon package exports them. */
export type IconSource = Component<{ class?: string; 'aria-hidden'?: 'true' }>
