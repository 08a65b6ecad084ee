/**
 * The last look before something leaves the house. The model keeps buyers out of public events; texts that a marketplace
 * hands on as they are (a reason, a title) may still hold somebody's number, and who pressed a button is nobody's business.
 * Nothing is changed in what is given; where nothing is to be hidden, it is handed on as it is: most of it is, and copying
 * and writing the copies would be a tenth of a publisher's work.
 */
export function redact(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  if (Array.isArray(body)) return changed(body, body.map(redact))
  let said: Record<string, unknown> | undefined
  for (const key of Object.keys(body)) {
    const value = (body as Record<string, unknown>)[key]
    const told = redactField(key, value)
    if (told !== value) (said ??= { ...body })[key] = told
  }
  return said ?? body
}

const changed = (list: readonly unknown[], told: readonly unknown[]): readonly unknown[] =>
  told.some((one, i) => one !== list[i]) ? told : list

const FREE_TEXTS: ReadonlySet<string> = new Set(['text', 'title', 'state'])

function redactField(key: string, value: unknown): unknown {
  if (typeof value === 'string') return FREE_TEXTS.has(key) ? maskPersonalNumbers(value) : value
  if (key === 'by' && isPerson(value)) return { kind: 'person' }
  return redact(value)
}

const isPerson = (value: unknown): boolean => (value as { kind?: unknown } | null)?.kind === 'person'

// Mobile numbers of China, also with spaces or dashes inside, and identity cards of 18 places.
const MOBILE = /(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g
const IDENTITY = /(?<!\d)\d{17}[\dXx](?![\dXx])/g
const MAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g

// Most texts hold nothing of the kind, and are told so at a glance.
const SUSPICIOUS = /\d{4}|@/

/** `联系13812345678` → `联系***`. */
export const maskPersonalNumbers = (said: string): string =>
  !SUSPICIOUS.test(said) ? said : said.replace(IDENTITY, '***').replace(MOBILE, '***').replace(MAIL, '***')
