/**
 * Lays JSON out for reading without changing one character of its values: `JSON.parse` would spoil 19-digit ids and hide doubled
 * keys, and what a marketplace sent must be seen as it was sent. Undefined where the text is not JSON.
 */
export function laidOut(text: string): string | undefined {
  if (!isJson(text)) return undefined
  let out = ''
  let depth = 0
  for (const token of text.match(TOKENS) ?? []) {
    if (token === '{' || token === '[') {
      depth += 1
      out += token + line(depth)
    } else if (token === '}' || token === ']') {
      depth -= 1
      out = OPENED.test(out) ? out.trimEnd() + token : out + line(depth) + token
    } else if (token === ',') out += token + line(depth)
    else if (token === ':') out += ': '
    else out += token
  }
  return out
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
const OPENED = /[{[]\n *$/
/** Beyond this the indentation would be larger than the message. */
const DEEPEST = 40

const line = (depth: number): string => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
