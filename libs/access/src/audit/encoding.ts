import { createHash } from 'node:crypto'
import { storableJson } from '#event-store'
import type { AuditDetails } from './audit-entry'

/** The fields that the hash of an entry covers; `details` is the text as it is stored. */
export interface EncodedEntry {
  readonly org: number
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly details: string
}

/** The previous hash of the first entry of a chain. */
export const GENESIS: Buffer = Buffer.alloc(32)

/** Each field as its length (4 bytes, big endian) and its UTF-8 bytes: two different entries never have the same encoding. */
export function encodeEntry({ org, at, actor, action, subject, details }: EncodedEntry): Buffer {
  const fields = ['shouhou-audit-1', String(org), String(at), actor, action, subject, details]
  return Buffer.concat(
    fields.flatMap((field) => {
      const bytes = Buffer.from(field, 'utf8')
      const length = Buffer.alloc(4)
      length.writeUInt32BE(bytes.length)
      return [length, bytes]
    }),
  )
}

const sha256 = (...parts: readonly Buffer[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

export const digestOf = (entry: EncodedEntry): Buffer => sha256(encodeEntry(entry))

/** The database computes the same when it appends: `sha256(previous || int8send(n) || digest)`. */
export function hashOf(previous: Buffer, n: number, digest: Buffer): Buffer {
  const number = Buffer.alloc(8)
  number.writeBigInt64BE(BigInt(n))
  return sha256(previous, number, digest)
}

const REPLACED_TEXT = '[text]'
const CODE_PATTERN = /^[\w.:/+=-]{0,128}$/

/** Keeps ids, codes and numbers. Any other text might be a name or typed by a person, and is replaced. */
export const codeOf = (text: string): string => (CODE_PATTERN.test(text) ? text : REPLACED_TEXT)

/** For `<thing>:<id>`: the two are checked separately, so an unusable id does not hide the thing. */
export function subjectOf(subject: string): string {
  const colon = subject.indexOf(':')
  return colon < 0 ? codeOf(subject) : `${codeOf(subject.slice(0, colon))}:${codeOf(subject.slice(colon + 1))}`
}

/** The same details always give the same text: keys are sorted. */
export const detailsText = (details: AuditDetails): string =>
  storableJson(
    Object.fromEntries(
      Object.entries(details)
        .map(([key, value]) => [codeOf(key), storedDetail(value)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  )

/** Whatever else a detail is, an object for instance, is left out: it might hold a text. */
function storedDetail(value: unknown): unknown {
  if (typeof value === 'string') return codeOf(value)
  if (Array.isArray(value)) return value.filter((one) => !Array.isArray(one)).map(storedDetail)
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined
}
