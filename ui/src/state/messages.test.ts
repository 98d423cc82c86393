// Every language says everything, with the same placeholders.
import { describe, expect, it } from 'vitest'

type Message = string | { declarations: string[]; match: Record<string, string> }[]
const files = import.meta.glob<Record<string, Message>>('../../messages/*/*.json', {
  eager: true,
  import: 'default',
})
const languages = ['en', 'zh-CN']
const names = [...new Set(Object.keys(files).map((path) => path.split('/').at(-1) ?? ''))]

function messages(language: string, file: string) {
  const all = files[`../../messages/${language}/${file}`] ?? {}
  return Object.fromEntries(Object.entries(all).filter(([key]) => key !== '$schema'))
}

function texts(message: Message): string[] {
  return typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match))
}

function placeholders(message: Message): string {
  const found = texts(message).flatMap((text) =>
    [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''),
  )
  return [...new Set(found)].toSorted().join(' ')
}

describe.each(names)('%s', (file) => {
  const english = messages('en', file)

  it.each(languages)('says everything in %s', (language) => {
    expect(Object.keys(messages(language, file)).toSorted()).toEqual(Object.keys(english).toSorted())
  })

  it.each(languages)('has no empty words in %s', (language) => {
    const empty = Object.entries(messages(language, file)).filter(([, message]) =>
      texts(message).some((text) => !text.trim()),
    )
    expect(empty.map(([key]) => key)).toEqual([])
  })

  it.each(languages)('names the same things in %s', (language) => {
    const theirs = Object.entries(messages(language, file))
    const different = theirs.filter(
      ([key, message]) => placeholders(message) !== placeholders(english[key] ?? ''),
    )
    expect(different.map(([key]) => key)).toEqual([])
  })
})
