import { expect, test } from 'vitest'
import {
  CHAOS,
  STYLE_LIKE,
  STYLE_WEIGHT,
  NO,
  RATIO,
  SEED,
  STYLIZE,
  TILE,
  addressed,
  count,
  flag,
  ratio,
  raw,
  sizeOf,
  speed,
  version,
  withFlag,
  withRaw,
  withSpeed,
  withVersion,
  words,
} from './flags'

const TYPED = 'a boat --aspect 3:2 --s 250 --no people, cars --tile —c 20'

test('flags that were typed are read, whatever they are called', () => {
  expect(flag(TYPED, RATIO)).toBe('3:2')
  expect(count(TYPED, STYLIZE)).toBe(250)
  expect(flag(TYPED, NO)).toBe('people, cars')
  expect(flag(TYPED, TILE)).toBe('')
  expect(count(TYPED, CHAOS)).toBe(20)
  expect(flag(TYPED, SEED)).toBe(null)
  expect(words(TYPED)).toBe('a boat')
  expect(flag('a well--known boat', ['known'])).toBe(null)
})

test('a control writes its flag once, and takes it away again', () => {
  const wide = withFlag('a boat', RATIO, '16:9')
  expect(wide).toBe('a boat --ar 16:9')
  expect(withFlag(TYPED, RATIO, '1:1')).toBe('a boat --s 250 --no people, cars --tile —c 20 --ar 1:1')
  expect(withFlag(wide, RATIO, null)).toBe('a boat')
  expect(withFlag('a  boat ', RATIO, null)).toBe('a  boat ')
  expect(withFlag('', TILE, '')).toBe('--tile')
})

test('words that were typed behind a flag are never its value', () => {
  const clicked = withFlag('', RATIO, '16:9')
  const typed = `${clicked} a boat, at dawn`
  expect([ratio(typed), words(typed)]).toEqual(['16:9', 'a boat, at dawn'])
  expect(withFlag(typed, RATIO, '1:1')).toBe('a boat, at dawn --ar 1:1')
  expect(withFlag(`${clicked}a boat`, RATIO, null)).toBe('a boat')
  expect(withFlag('--tile a boat --s 50 with sails --no people, cars', STYLIZE, '100')).toBe(
    'a boat with sails --tile --no people, cars --stylize 100',
  )
  expect(withSpeed('--relax a boat', '')).toBe('a boat')
  expect(withVersion('--niji a boat', '7')).toBe('a boat --v 7')
})

test('pictures to be like are addresses or numbers, and have a weight', () => {
  const typed = 'a boat --sref https://x.example/a.png 1234 --sw 250 at dawn'
  expect(flag(typed, STYLE_LIKE)).toBe('https://x.example/a.png 1234')
  expect(count(typed, STYLE_WEIGHT)).toBe(250)
  expect(words(typed)).toBe('a boat at dawn')
  expect(withFlag('a boat', STYLE_LIKE, 'https://x.example/a.png')).toBe(
    'a boat --sref https://x.example/a.png',
  )
  expect(flag('--sref random a boat', STYLE_LIKE)).toBe('random')
})

test('version, speed and raw are one choice each', () => {
  expect(version('x --niji 6')).toBe('niji 6')
  expect(withVersion('x --niji 6', '7')).toBe('x --v 7')
  expect(withVersion('x --v 7', 'niji 6')).toBe('x --niji 6')
  expect(withVersion('x --v 7', '')).toBe('x')
  expect(speed('x --relax')).toBe('relax')
  expect(withSpeed('x --relax', 'turbo')).toBe('x --turbo')
  expect(withSpeed('x --relax', '')).toBe('x')
  expect([raw('x --style raw'), raw('x --raw'), raw('x')]).toEqual([true, true, false])
  expect(withRaw('x --style raw', false)).toBe('x')
})

test('a shape has a size', () => {
  expect([ratio('x'), ratio('x --ar 16:9'), ratio('x --ar wide')]).toEqual(['1:1', '16:9', '1:1'])
  expect(sizeOf('x --ar 3:2')).toBe('1024x683')
})

test('addresses get the scheme that was not typed, and nothing else does', () => {
  expect(addressed(' cdn.example/a.png  https://x.example/b.png ')).toBe(
    'https://cdn.example/a.png https://x.example/b.png',
  )
  expect(addressed('random 4711 a.png::2')).toBe('random 4711 a.png::2')
  expect(addressed('  ')).toBe('')
})
