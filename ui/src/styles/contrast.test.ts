// The contrast that the design promises, computed from the tokens, by day and by night.
import { describe, expect, it } from 'vitest'
import tokens from './tokens.css?raw'

type Rgb = [number, number, number]
const THEMES = ['light', 'dark'] as const
const values = new Map(
  [...tokens.matchAll(/--([\w-]+):\s*light-dark\(\s*(oklch\([^)]*\)),\s*(oklch\([^)]*\))\s*\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

function linear(oklch: string): Rgb {
  const [L = 0, C = 0, h = 0] = (oklch.match(/[\d.]+/g) ?? []).map(Number)
  const [a, b] = [C * Math.cos((h * Math.PI) / 180), C * Math.sin((h * Math.PI) / 180)]
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

function luminance(name: string, theme: (typeof THEMES)[number]) {
  const value = values.get(name)?.[theme]
  if (!value) throw new Error(`no token --${name}`)
  const [r, g, b] = linear(value)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string, theme: (typeof THEMES)[number]) {
  const [low = 0, high = 0] = [luminance(one, theme), luminance(other, theme)].toSorted((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const SURFACES = ['window', 'page', 'raised', 'overlay', 'sunken'].map((name) => `surface-${name}`)
const READ = ['surface-page', 'surface-raised']
const promises: [least: number, on: string[], inks: string[]][] = [
  [7, SURFACES, ['text-1']],
  [7, READ, ['text-2', 'accent-text']],
  [4.5, SURFACES, ['text-2', 'text-3']],
  [4.5, ['surface-sunken'], ['code-word', 'code-string', 'code-number', 'code-note']],
  [3, SURFACES, ['line-control']],
  [4.5, ['accent'], ['on-accent']],
  [4.5, ['surface-inverse'], ['text-on-inverse']],
  [4.5, ['good-soft'], ['good']],
  [4.5, ['warn-soft'], ['warn', 'text-2']],
  [4.5, ['bad-soft'], ['bad', 'text-2']],
  [4.5, ['accent-soft', 'accent-softer'], ['text-1', 'text-2', 'accent-text']],
]
const cases = promises.flatMap(([least, on, inks]) =>
  on.flatMap((ground) => inks.map((ink) => ({ least, ground, ink }))),
)

describe.each(THEMES)('%s', (theme) => {
  it.each(cases)('--$ink on --$ground has at least $least:1', ({ ink, ground, least }) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(least)
  })
})
