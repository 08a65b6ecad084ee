import { createHash } from 'node:crypto'
import { isStorableText, storableText } from '#event-store'

/** Key and headers of a record as the client gives them: repeated headers are lists, and nothing need be UTF-8. */
export interface ExactRecord {
  readonly key: Buffer | string | null
  readonly headers: Readonly<Record<string, unknown>>
}

/** Key and headers as a producer takes them. */
export interface SendableRecord {
  readonly key: Buffer | string | null
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[]>>
}

export interface StorableRecord {
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
}

/** Far beyond what any sound message has; what is cut is kept in `original`. In UTF-16 units. */
const LONGEST_KEY = 1_000
const LONGEST_HEADER = 4_000
const MOST_HEADERS = 200
/** The index on `event_id` takes rows of up to 2,704 bytes. */
const LONGEST_ID = 400

/** Never longer than an index takes, and still different for different ids. */
export function storableId(id: string): string {
  if (id.length <= LONGEST_ID && isStorableText(id)) return id
  return `${storableText(id, LONGEST_ID)}#${createHash('sha256').update(id, 'utf16le').digest('hex')}`
}

/** What text and json columns can hold of key and headers, for people to read; the first of a repeated header. */
export const storableRecord = ({ key, headers }: ExactRecord): StorableRecord => ({
  key: storableText(key?.toString() ?? '', LONGEST_KEY),
  headers: Object.fromEntries(
    Object.entries(headers)
      .slice(0, MOST_HEADERS)
      .flatMap(([name, value]) => {
        const first: unknown = Array.isArray(value) ? value[0] : value
        return isBytes(first) ? [[storableText(name, 200), storableText(first.toString(), LONGEST_HEADER)]] : []
      }),
  ),
})

/** The record to the byte; `undefined` where its storable form is just as exact. */
export function originalOf(record: ExactRecord): Buffer | undefined {
  const { key, headers } = storableRecord(record)
  const names = Object.keys(record.headers).filter((name) => record.headers[name] !== undefined)
  const isExact =
    isSame(key, record.key) &&
    names.length === Object.keys(headers).length &&
    names.every((name) => isSame(headers[name], record.headers[name]))
  if (isExact) return undefined
  const packed = names.flatMap((name) => {
    const value = record.headers[name]
    if (Array.isArray(value)) return [[name, value.filter(isBytes).map(base64Of)]]
    return isBytes(value) ? [[name, base64Of(value)]] : []
  })
  return Buffer.from(JSON.stringify({ key: record.key === null ? null : base64Of(record.key), headers: packed }))
}

/** What `originalOf` has packed. */
export function recordOf(original: Buffer): SendableRecord {
  const { key, headers } = JSON.parse(original.toString('utf8')) as {
    key: string | null
    headers: [string, string | string[]][]
  }
  const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64')
  return {
    key: key === null ? null : bytesOf(key),
    headers: Object.fromEntries(
      headers.map(([name, value]) => [name, typeof value === 'string' ? bytesOf(value) : value.map(bytesOf)]),
    ),
  }
}

/** The client hashes a key in quadratic time: one of a megabyte takes it minutes, and nothing else is done meanwhile. */
export const partitionOf = (key: Buffer | string | null): { readonly partition?: number } =>
  key !== null && key.length > LONGEST_KEY ? { partition: 0 } : {}

const isBytes = (value: unknown): value is Buffer | string => Buffer.isBuffer(value) || typeof value === 'string'

const base64Of = (value: Buffer | string): string => Buffer.from(value as string).toString('base64')

const isSame = (kept: string | undefined, exact: unknown): boolean =>
  kept !== undefined &&
  (typeof exact === 'string' ? kept === exact : Buffer.isBuffer(exact) && Buffer.from(kept).equals(exact))
