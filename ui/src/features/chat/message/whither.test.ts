import { expect, it } from 'vitest'
import { whither } from './whither'

it('sets the place apart from the rest', () => {
  expect(whither('https://www.rhs.org.uk/vegetables?page=2#top')).toEqual({
    place: 'www.rhs.org.uk',
    rest: '/vegetables?page=2#top',
  })
  expect(whither('https://example.org/'), 'the front page needs no rest').toEqual({
    place: 'example.org',
    rest: '',
  })
})

it('shows the place that answers, not what stands before it', () => {
  expect(whither('https://bank.example@evil.example/login').place, 'a user name is no place').toBe(
    'evil.example',
  )
  expect(whither('https://аррӏе.com/').place, 'letters of another alphabet are told apart').toMatch(/^xn--/)
})

it('reads escapes, and stands broken ones', () => {
  expect(whither('https://example.org/%E8%8F%9C').rest).toBe('/菜')
  expect(whither('https://example.org/%E8%8').rest).toBe('/%E8%8')
})

it('shows whom a letter goes to', () => {
  expect(whither('mailto:ann@example.org?subject=hi')).toEqual({ place: 'ann@example.org', rest: '' })
})

it('shortens what nobody would read', () => {
  expect(whither(`https://example.org/${'a'.repeat(500)}`).rest.length).toBeLessThan(90)
})
