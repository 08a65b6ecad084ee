/**
 * JSON as it travels: a bigint is written as a bare number with all its digits, and reading keeps every number beyond 2^53 as a bigint.
 * `JSON` of Node 20 can do neither.
 */
export type WireValue =
  string | number | bigint | boolean | null | undefined | readonly WireValue[] | { readonly [key: string]: WireValue }

export function writeJson(value: WireValue): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object') return JSON.stringify(value)
  let written = ''
  if (Array.isArray(value)) {
    for (const item of value as readonly WireValue[]) written += `${written && ','}${writeJson(item)}`
    return `[${written}]`
  }
  for (const [key, item] of Object.entries(value))
    if (item !== undefined) written += `${written && ','}${quoted(key)}:${writeJson(item)}`
  return `{${written}}`
}

/** Without quotes, control characters or surrogates: it is its own JSON text. */
const NEEDS_NO_ESCAPE = /^[^"\\\u0000-\u001f\ud800-\udfff]*$/

const quoted = (text: string): string => (NEEDS_NO_ESCAPE.test(text) ? `"${text}"` : JSON.stringify(text))

export interface ReadJson {
  readonly value: unknown
  /** The same text with the keys of every object sorted and no white space: what Douyin's signature covers. */
  readonly canonical: string
}

/** Levels of nesting: far more than any real message has, and no stack overflow for a hostile one. */
const DEEPEST = 40
const token =
  /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y

/** Throws SyntaxError for anything that is not one JSON value. */
export function readJson(text: string): ReadJson {
  let at = 0
  const next = (): RegExpExecArray => {
    token.lastIndex = at
    const match = token.exec(text)
    if (match === null) throw new SyntaxError(`no JSON at ${at}`)
    at = token.lastIndex
    return match
  }
  const peek = (char: string): boolean => {
    const before = at
    if (next()[1] === char) return true
    at = before
    return false
  }
  const read = (depth: number): ReadJson => {
    if (depth > DEEPEST) throw new SyntaxError('JSON is nested too deeply')
    const match = next()
    const [, punctuation, string, number, word] = match
    if (string !== undefined) return { value: JSON.parse(string), canonical: string }
    if (number !== undefined)
      return {
        value: /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number)) ? BigInt(number) : Number(number),
        canonical: number,
      }
    if (word !== undefined) return { value: word === 'null' ? null : word === 'true', canonical: word }
    if (punctuation === '[') {
      const items: ReadJson[] = []
      if (!peek(']')) {
        do items.push(read(depth + 1))
        while (expect(',', ']') === ',')
      }
      return { value: items.map((item) => item.value), canonical: `[${items.map((item) => item.canonical).join(',')}]` }
    }
    if (punctuation === '{') {
      const fields: [string, ReadJson, string][] = []
      if (!peek('}')) {
        do {
          const key = next()[2]
          if (key === undefined) throw new SyntaxError(`no key at ${at}`)
          expect(':')
          fields.push([JSON.parse(key) as string, read(depth + 1), key])
        } while (expect(',', '}') === ',')
      }
      fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      const value = Object.create(null) as Record<string, unknown>
      for (const [key, item] of fields) value[key] = item.value
      return { value, canonical: `{${fields.map(([, item, raw]) => `${raw}:${item.canonical}`).join(',')}}` }
    }
    throw new SyntaxError(`unexpected ${match[0]} at ${at}`)
  }
  const expect = (...allowed: string[]): string => {
    const found = next()[1]
    if (found === undefined || !allowed.includes(found))
      throw new SyntaxError(`expected ${allowed.join(' or ')} at ${at}`)
    return found
  }
  const result = read(0)
  if (text.slice(at).trim() !== '') throw new SyntaxError('text after the JSON value')
  return result
}
