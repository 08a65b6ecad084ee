/**
 * Lays JSON out for reading without changing one character of its values: `JSON.parse` would spoil 19-digit ids and hide doubled
 * keys, and what a marketplace sent must be seen as it was sent. A string that itself holds JSON is laid out too, between
 * ⟪ and ⟫. Undefined where the text is not JSON.
 */
export function laidOut(text: string): string | undefined {
  return isJson(text) ? layout(text, 0, 0) : undefined
}

export const NESTED_FROM = '⟪'
const NESTED_TO = '⟫'

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
/** Beyond this the indentation would be larger than the message. */
const DEEPEST = 40
/** JSON in a string in a string: seen twice deep, never more. */
const NESTED_DEEPEST = 3

function layout(text: string, start: number, nested: number): string {
  const out: string[] = []
  let depth = start
  let opened = false
  for (const token of text.match(TOKENS) ?? []) {
    const closes = token === '}' || token === ']'
    if (closes) depth -= 1
    // After an opening and before a closing bracket, but not between the two of an empty one.
    if (opened !== closes) out.push(line(depth))
    opened = token === '{' || token === '['
    if (opened) depth += 1
    out.push(token === ':' ? ': ' : token.startsWith('"') ? spoken(token, depth, nested) : token)
    if (token === ',') out.push(line(depth))
  }
  return out.join('')
}

const line = (depth: number): string => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`

function spoken(token: string, depth: number, nested: number): string {
  if (nested >= NESTED_DEEPEST || !/^"\s*[[{]/.test(token)) return token
  const inner = JSON.parse(token) as string
  return isJson(inner) ? `${NESTED_FROM}${layout(inner, depth, nested + 1)}${NESTED_TO}` : token
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
