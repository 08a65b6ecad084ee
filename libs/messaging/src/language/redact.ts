/**
 * Removes personal data before a message is published. The model keeps buyers out of public events, but texts that a marketplace
 * passes on (a reason, a title) may hold a phone number, and who pressed a button is private. The input is not changed; where
 * nothing is hidden it is returned as it is, since copying would be a tenth of the publisher's work.
 */
export function redact(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body
  if (Array.isArray(body)) return changed(body, body.map(redact))
  let copy: Record<string, unknown> | undefined
  for (const key of Object.keys(body)) {
    const value = (body as Record<string, unknown>)[key]
    const redacted = redactField(key, value)
    if (redacted !== value) (copy ??= { ...body })[key] = redacted
  }
  return copy ?? body
}

const changed = (list: readonly unknown[], redacted: readonly unknown[]): readonly unknown[] =>
  redacted.some((one, i) => one !== list[i]) ? redacted : list

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

// A cheap test first: most texts hold nothing of the kind.
const SUSPICIOUS = /\d{4}|@/

/** `联系13812345678` → `联系***`. */
export const maskPersonalNumbers = (text: string): string =>
  !SUSPICIOUS.test(text) ? text : text.replace(IDENTITY, '***').replace(MOBILE, '***').replace(MAIL, '***')
