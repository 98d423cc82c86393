// Takes apart what people paste: an address and a key in whatever their service's page, a colleague's message, a
// configuration file or a command line wraps them in. Anything it is not sure of stays unfound.

export interface Pasted {
  address: string | null
  key: string | null
}

const URL_LIKE = /https?:\/\/[^\s"'`<>()[\]{},;|\\，。；、）】」]+/gi
const HOST_LIKE = /(?<![\w./@-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?(?:\/[\w./-]*)?(?![\w@])/gi
const KEY_LABEL =
  /(?:api[\s_-]*key|access[\s_-]*key|secret(?:[\s_-]*key)?|auth[\s_-]*token|token|key|bearer|密钥|秘钥|密匙|令牌|金鑰)["'`]?\s*(?:[:=：]|is|是|为)?\s*(?:bearer\s+)?["'`]?([\w.+/=-]{12,})/gi
const KEY_SHAPED = /(?<![\w/.-])(?:sk|rcai|gsk|pk|xai|key|tgp|hf|nvapi|fk|ak)[-_][\w.-]{10,}/gi
const ALONE = /^[\w.+/=-]{16,}$/
/** What manuals write where the key belongs. */
const PLACEHOLDER = /your|example|placeholder|^\$|xxxx|\.\.\.|api_?key$/i

/** Null where a part is not in the text. */
export function takeApart(text: string): Pasted {
  const address = addressIn(text)
  const rest = (address ? text.replaceAll(address, ' ') : text).replace(URL_LIKE, ' ')
  return { address: address && address.replace(/[.:]+$/, ''), key: keyIn(rest) }
}

/** Whether the text is more than what belongs into one field. */
export function isBlock(text: string): boolean {
  const { address, key } = takeApart(text)
  return key !== null && (address !== null || text.trim() !== key)
}

function addressIn(text: string): string | null {
  const urls = text.match(URL_LIKE) ?? []
  const hosts = text.match(HOST_LIKE)?.filter((host) => /^api[.-]|\.api\.|\/v\d|:\d+/i.test(host)) ?? []
  return best(urls) ?? best(hosts)
}

/** The address most like an API's; pages of manuals and shops come last. */
function best(addresses: string[]): string | null {
  const worth = (address: string) =>
    (/\/v\d|\/openai/i.test(address) ? 4 : 0) +
    (/\/\/api[.-]|^api[.-]|\.api\./i.test(address) ? 2 : 0) +
    (/:\d{2,5}(\/|$)/.test(address) ? 1 : 0) -
    (/docs?\b|help|wiki|console|dashboard|github/i.test(address) ? 3 : 0)
  return addresses.toSorted((one, other) => worth(other) - worth(one))[0] ?? null
}

function keyIn(text: string): string | null {
  const labelled = [...text.matchAll(KEY_LABEL)].map((match) => match[1] ?? '')
  const shaped = text.match(KEY_SHAPED) ?? []
  const pieces = text.split(/[\s,;|，；：]+/).filter((piece) => ALONE.test(piece) && /\d/.test(piece))
  const found = [...shaped, ...labelled, ...pieces]
  return found.map((key) => key.replace(/[.,]+$/, '')).find((key) => !PLACEHOLDER.test(key)) ?? null
}
