import { createHash } from 'node:crypto'
import { isStorableText, storableText } from '#event-store'
import { MAX_HEADERS } from './header-limit'

/** Key and headers of a record as the client delivers them: repeated headers are lists, and the bytes may be no UTF-8. */
export interface ExactRecord {
  readonly key: Buffer | string | null
  readonly headers: Readonly<Record<string, unknown>>
}

/** Key and headers as a producer accepts them. */
export interface SendableRecord {
  readonly key: Buffer | string | null
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[]>>
}

/** Key and headers as text that PostgreSQL can store. */
export interface StorableRecord {
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
}

/** Lengths in UTF-16 units, far beyond those of any genuine message. What is cut here is complete in the packed record. */
const MAX_KEY = 1_000
const MAX_HEADER_NAME = 200
const MAX_HEADER = 4_000
/** PostgreSQL's index on `event_id` accepts up to 2,704 bytes, and a UTF-16 unit takes up to 3. */
const MAX_ID = 400

/** An id that the index can hold: a long one is cut, and a hash of the whole keeps different ids different. */
export function storableId(id: string): string {
  if (id.length <= MAX_ID && isStorableText(id)) return id
  return `${storableText(id, MAX_ID)}#${createHash('sha256').update(id, 'utf16le').digest('hex')}`
}

/** Key and headers as people read them, in text and json columns. Of a repeated header only the first value is shown. */
export const storableRecord = ({ key, headers }: ExactRecord): StorableRecord => ({
  key: storableText(key?.toString() ?? '', MAX_KEY),
  headers: Object.fromEntries(
    Object.entries(headers)
      .slice(0, MAX_HEADERS)
      .flatMap(([name, value]) => {
        const firstValue: unknown = Array.isArray(value) ? value[0] : value
        return isBytes(firstValue)
          ? [[storableText(name, MAX_HEADER_NAME), storableText(firstValue.toString(), MAX_HEADER)]]
          : []
      }),
  ),
})

/** Key and headers byte for byte, for the column `original`; `undefined` if their storable form loses nothing. */
export function packExactRecord(record: ExactRecord): Buffer | undefined {
  const { key, headers } = storableRecord(record)
  const names = Object.keys(record.headers).filter((name) => record.headers[name] !== undefined)
  const isExact =
    isSame(key, record.key) &&
    names.length === Object.keys(headers).length &&
    names.every((name) => isSame(headers[name], record.headers[name]))
  if (isExact) return undefined
  const packed = names.flatMap((name) => {
    const value = record.headers[name]
    if (Array.isArray(value)) return [[name, value.filter(isBytes).map(encodeBase64)]]
    return isBytes(value) ? [[name, encodeBase64(value)]] : []
  })
  return Buffer.from(JSON.stringify({ key: record.key === null ? null : encodeBase64(record.key), headers: packed }))
}

/** The reverse of `packExactRecord`. */
export function unpackExactRecord(packed: Buffer): SendableRecord {
  const { key, headers } = JSON.parse(packed.toString('utf8')) as {
    key: string | null
    headers: [string, string | string[]][]
  }
  const decodeBase64 = (text: string): Buffer => Buffer.from(text, 'base64')
  return {
    key: key === null ? null : decodeBase64(key),
    headers: Object.fromEntries(
      headers.map(([name, value]) => [name, typeof value === 'string' ? decodeBase64(value) : value.map(decodeBase64)]),
    ),
  }
}

const isBytes = (value: unknown): value is Buffer | string => Buffer.isBuffer(value) || typeof value === 'string'

const encodeBase64 = (value: Buffer | string): string => Buffer.from(value as string).toString('base64')

const isSame = (storable: string | undefined, exact: unknown): boolean =>
  storable !== undefined &&
  (typeof exact === 'string' ? storable === exact : Buffer.isBuffer(exact) && Buffer.from(storable).equals(exact))
