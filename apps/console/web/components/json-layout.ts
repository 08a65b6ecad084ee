/**
 * Formats JSON for reading without changing a character of its values: `JSON.parse` would round 19-digit ids and drop duplicate
 * keys, and a message must be shown as it was sent. JSON inside a string is formatted too, between ⟪ and ⟫. Undefined if the
 * text is not JSON.
 */
export function layOutJson(text: string): string | undefined {
  return isJson(text) ? layout(text, 0, 0) : undefined
}

export const NESTED_FROM = '⟪'
const NESTED_TO = '⟫'

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
/** Deeper indentation would be larger than the message. */
const MAX_INDENTED_DEPTH = 40
/** JSON in a string in a string: two levels occur, more do not. */
const MAX_NESTED_JSON = 3

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
    out.push(token === ':' ? ': ' : token.startsWith('"') ? stringToken(token, depth, nested) : token)
    if (token === ',') out.push(line(depth))
  }
  return out.join('')
}

const line = (depth: number): string => `\n${'  '.repeat(Math.min(depth, MAX_INDENTED_DEPTH))}`

function stringToken(token: string, depth: number, nested: number): string {
  if (nested >= MAX_NESTED_JSON || !/^"\s*[[{]/.test(token)) return token
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
