/**
 * JSON without loss: integers of sixteen digits and more become strings, because ids reach beyond 2^53 (facts E8).
 * A general lossless parser costs ten times as much per message as this scan followed by the built-in parser.
 * Refuses what is only there to hurt: nesting beyond MAX_DEPTH.
 */
export const MAX_DEPTH = 64

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export class UnreadableJson extends Error {}

export function parseExact(text: string): Json {
  const quoted = quoteLongIntegers(text)
  try {
    return JSON.parse(quoted) as Json
  } catch (error) {
    throw new UnreadableJson(error instanceof SyntaxError ? 'not JSON' : 'not readable')
  }
}


const QUOTE = 34
const BACKSLASH = 92
const isDigit = (code: number): boolean => code >= 48 && code <= 57

function quoteLongIntegers(text: string): string {
  let depth = 0
  let out = ''
  let copied = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code === 123 || code === 91) {
      if (++depth > MAX_DEPTH) throw new UnreadableJson(`nested deeper than ${MAX_DEPTH}`)
    } else if (code === 125 || code === 93) depth--
    else if (isDigit(code)) {
      const start = text.charCodeAt(i - 1) === 45 ? i - 1 : i
      while (isDigit(text.charCodeAt(i + 1))) i++
      const next = text.charCodeAt(i + 1)
      const integer = next !== 46 && next !== 101 && next !== 69
      if (!integer) {
        while (/[0-9.eE+-]/.test(text[i + 1] ?? '')) i++
      } else if (i - start >= 15) {
        out += `${text.slice(copied, start)}"${text.slice(start, i + 1)}"`
        copied = i + 1
      }
    }
  }
  return copied === 0 ? text : out + text.slice(copied)
}

/** The index of the closing quote of the string that opens at `open`, or the end of the text. */
export function endOfString(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === BACKSLASH) i++
    else if (code === QUOTE) return i
  }
  return text.length
}

/**
 * The exact texts of the elements of the array at `path` (`[]`: the text is the array itself), or `undefined` where
 * there is no array. So each message keeps its own bytes as they came.
 */
export function elementsAt(text: string, path: readonly string[]): readonly string[] | undefined {
  let at = skipSpace(text, 0)
  for (const key of path) {
    const found = valueOf(text, at, key)
    if (found === undefined) return undefined
    at = found
  }
  if (text[at] !== '[') return undefined
  const elements: string[] = []
  for (let i = skipSpace(text, at + 1); i < text.length && text[i] !== ']'; ) {
    const end = endOfValue(text, i)
    elements.push(text.slice(i, end))
    i = skipSpace(text, end)
    if (text[i] === ',') i = skipSpace(text, i + 1)
  }
  return elements
}

function valueOf(text: string, open: number, key: string): number | undefined {
  if (text[open] !== '{') return undefined
  for (let i = skipSpace(text, open + 1); i < text.length && text[i] === '"'; ) {
    const close = endOfString(text, i)
    const value = skipSpace(text, skipSpace(text, close + 1) + 1)
    if (text.slice(i + 1, close) === key) return value
    i = skipSpace(text, endOfValue(text, value))
    if (text[i] === ',') i = skipSpace(text, i + 1)
  }
  return undefined
}

function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const char = text[i]
    if (char === '"') i = endOfString(text, i)
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      if (depth === 0) return i
      if (--depth === 0) return i + 1
    } else if (char === ',' && depth === 0) return i
    if (depth === 0 && char === '"') return i + 1
  }
  return text.length
}

function skipSpace(text: string, from: number): number {
  let i = from
  while (i < text.length && text.charCodeAt(i) <= 32) i++
  return i
}
