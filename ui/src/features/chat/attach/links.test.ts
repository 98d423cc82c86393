import { describe, expect, it } from 'vitest'
import { opensLinks, webAddress } from './links'

describe('models that open links', () => {
  it('are known by their name', () => {
    for (const name of ['gpt-4-all', 'gpt-4o-all', 'o1-all', 'reads-all', 'openai/gpt-4-all-2024'])
      expect(opensLinks(name), name).toBe(true)
    for (const name of ['gpt-4o', 'small-llama', 'all-minilm-l6'.replace('all-', 'x'), 'gpt-4-allegro', ''])
      expect(opensLinks(name), name).toBe(false)
  })
})

describe('an address', () => {
  it('is put right or refused', () => {
    expect(webAddress(' files.example.net/a b.pdf ')).toBeNull()
    expect(webAddress('files.example.net/a.pdf')).toBe('https://files.example.net/a.pdf')
    expect(webAddress('http://localhost:8080/x')).toBe('http://localhost:8080/x')
    for (const bad of ['', 'hello', 'file:///etc/passwd', 'javascript:alert(1)', 'ftp://a.example/x'])
      expect(webAddress(bad), bad).toBeNull()
  })
})
