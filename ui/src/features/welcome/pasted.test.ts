import { describe, expect, it } from 'vitest'
import { isBlock, takeApart } from './pasted'

const KEY = 'sk-made-up-0123456789abcdef'
const OPAQUE = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'

const shapes: [name: string, text: string, address: string | null, key: string | null][] = [
  ['two lines', `https://api.gptnb.me\n${KEY}`, 'https://api.gptnb.me', KEY],
  ['one line', `https://api.model.box/v1 ${OPAQUE}`, 'https://api.model.box/v1', OPAQUE],
  ['a bar between', `https://api.modelless.co|${KEY}`, 'https://api.modelless.co', KEY],
  ['labels', `url: https://api.modelless.co key: ${KEY}`, 'https://api.modelless.co', KEY],
  [
    'a sentence',
    `The base URL is https://api.modelless.co/v1, and your token is ${OPAQUE}.`,
    'https://api.modelless.co/v1',
    OPAQUE,
  ],
  [
    'env lines',
    `OPENAI_BASE_URL=https://api.arcee.ai/api/v1\nOPENAI_API_KEY="${KEY}"`,
    'https://api.arcee.ai/api/v1',
    KEY,
  ],
  [
    'export lines',
    `export OPENAI_API_KEY='${KEY}'\nexport OPENAI_API_BASE='https://api.gptnb.me/v1'`,
    'https://api.gptnb.me/v1',
    KEY,
  ],
  [
    'JSON',
    `{"base_url": "https://openrouter.ai/api/v1", "api_key": "${KEY}"}`,
    'https://openrouter.ai/api/v1',
    KEY,
  ],
  [
    'Python',
    `client = OpenAI(base_url="https://api.deepseek.com", api_key="${KEY}")`,
    'https://api.deepseek.com',
    KEY,
  ],
  ['YAML', `endpoint: https://api.example.org/v1\nsecret: ${OPAQUE}`, 'https://api.example.org/v1', OPAQUE],
  [
    'curl',
    `curl https://api.openai.com/v1/chat/completions \\\n  -H "Authorization: Bearer ${OPAQUE}" \\\n  -H "Content-Type: application/json"`,
    'https://api.openai.com/v1/chat/completions',
    OPAQUE,
  ],
  ['Chinese labels', `接口地址：https://api.gptnb.me\n密钥：${KEY}`, 'https://api.gptnb.me', KEY],
  [
    'Chinese, one line',
    `地址是https://api.gptnb.me/v1，令牌是${OPAQUE}。`,
    'https://api.gptnb.me/v1',
    OPAQUE,
  ],
  ['an address without https', `api.gptnb.me/v1 ${KEY}`, 'api.gptnb.me/v1', KEY],
  [
    'an address on this network',
    `http://192.168.1.20:8080/v1 key=${OPAQUE}`,
    'http://192.168.1.20:8080/v1',
    OPAQUE,
  ],
  [
    'the manual beside it',
    `Docs: https://docs.arcee.ai/start API: https://api.arcee.ai/api/v1 rcai-made-up-0123456789`,
    'https://api.arcee.ai/api/v1',
    'rcai-made-up-0123456789',
  ],
  ['only an address', 'https://api.model.box/v1', 'https://api.model.box/v1', null],
  ['only a key', KEY, null, KEY],
  [
    'a placeholder for the key',
    'https://api.openai.com/v1 OPENAI_API_KEY=your-api-key-here',
    'https://api.openai.com/v1',
    null,
  ],
  [
    'a variable for the key',
    'curl https://api.openai.com/v1/models -H "Authorization: Bearer $OPENAI_API_KEY"',
    'https://api.openai.com/v1/models',
    null,
  ],
  ['ordinary words', 'Hello, I would like to connect my service please.', null, null],
  ['nothing', '', null, null],
]

describe('what people paste is taken apart', () => {
  it.each(shapes)('%s', (_, text, address, key) => {
    expect(takeApart(text)).toEqual({ address, key })
  })
})

describe('only a block is spread over the fields', () => {
  it.each([
    [`https://api.gptnb.me ${KEY}`, true],
    [`key: ${KEY}`, true],
    [KEY, false],
    ['https://api.gptnb.me/v1', false],
  ])('%s', (text, block) => {
    expect(isBlock(text)).toBe(block)
  })
})
