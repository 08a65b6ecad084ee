import type { BuyerFacet } from '#after-sale'

/** What replaces a name or a number in a text. */
export const REDACTED = '***'

/** Fields whose text a buyer, a marketplace or a person wrote. All others are our words, ids and numbers. */
const FREE_TEXTS: ReadonlySet<string> = new Set([
  'carrier',
  'category',
  'explanation',
  'found',
  'note',
  'reason',
  'reason_text',
  'text',
  'title',
])

/** A shorter name is part of too many words, a shorter number part of too many numbers. */
const MIN_NAME_LENGTH = 2
const MIN_PHONE_LENGTH = 7

/** The values to remove from texts: as they were reported, a phone also without its separators. */
export function valuesToRedact(buyers: readonly { readonly name?: string; readonly phone?: string }[]): string[] {
  const values = buyers.flatMap(({ name = '', phone = '' }) => [
    ...(name.length >= MIN_NAME_LENGTH ? [name] : []),
    ...[phone, phone.replace(/\D/g, '')].filter((text) => text.length >= MIN_PHONE_LENGTH),
  ])
  // The longest first: a number with its country code contains the one without.
  return [...new Set(values)].filter((value) => !value.includes('*')).sort((a, b) => b.length - a.length)
}

/** The document without sealed buyers, and without these values in its texts. The order of its fields stays. */
export function redact(document: unknown, values: readonly string[], field = ''): unknown {
  if (typeof document === 'string')
    return FREE_TEXTS.has(field) ? values.reduce((text, value) => text.replaceAll(value, REDACTED), document) : document
  if (typeof document !== 'object' || document === null) return document
  if (isBuyer(document)) return NO_BUYER
  if (Array.isArray(document)) return document.map((part) => redact(part, values, field))
  return Object.fromEntries(Object.entries(document).map(([name, part]) => [name, redact(part, values, name)]))
}

/** All sealed buyers of a document. */
export function buyersIn(document: unknown): BuyerFacet[] {
  if (typeof document !== 'object' || document === null) return []
  return isBuyer(document) ? [document] : Object.values(document).flatMap(buyersIn)
}

/** A buyer of whom nothing is left. */
const NO_BUYER: BuyerFacet = { sealed: '' }

const isBuyer = (value: object): value is BuyerFacet =>
  typeof (value as { sealed?: unknown }).sealed === 'string' && (value as BuyerFacet).sealed !== ''
