/**
 * The last look before something leaves the house. The model keeps buyers out of public events; texts that a marketplace
 * hands on as they are (a reason, a title) may still hold somebody's number, and who pressed a button is nobody's business.
 */
export function discreet(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(discreet)
  if (typeof body !== 'object' || body === null) return body
  const said: Record<string, unknown> = {}
  // What is undefined is absent, as JSON will have it.
  for (const [key, value] of Object.entries(body)) if (value !== undefined) said[key] = part(key, value)
  return said
}

const FREE_TEXTS: ReadonlySet<string> = new Set(['text', 'title', 'state'])

function part(key: string, value: unknown): unknown {
  if (typeof value === 'string') return FREE_TEXTS.has(key) ? withoutNumbersOfPeople(value) : value
  if (key === 'by' && isPerson(value)) return { kind: 'person' }
  return discreet(value)
}

const isPerson = (value: unknown): boolean => (value as { kind?: unknown } | null)?.kind === 'person'

// Mobile numbers of China, also with spaces or dashes inside, and identity cards of 18 places.
const MOBILE = /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g
const IDENTITY = /(?<!\d)\d{17}[\dXx](?![\dXx])/g
const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g

// Most texts hold nothing of the kind, and are told so at a glance.
const SUSPICIOUS = /\d{4}|@/

/** `联系13812345678` → `联系***`. */
export const withoutNumbersOfPeople = (said: string): string =>
  !SUSPICIOUS.test(said) ? said : said.replace(IDENTITY, '***').replace(MOBILE, '***').replace(MAIL, '***')
