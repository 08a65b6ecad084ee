import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { SEALED_COLUMNS } from '#access'

/** How many values of one kind each generation of keys seals. */
export interface Sealed {
  readonly target: string
  /** By the key that seals for their organisation now. */
  readonly current: number
  /** By an organisation's key of before. */
  readonly older: number
  /** In the first format, straight by a master key. */
  readonly first: number
  /** Of organisations that were erased. */
  readonly erased: number
}

export interface KeyStanding {
  readonly format: number
  /** Whether values of the first format are still read. */
  readonly readsFirst: boolean
  /** Master keys that the database knows, or that were given. */
  readonly masters: readonly { readonly id: string; readonly given: boolean; readonly wraps: number }[]
  readonly values: readonly Sealed[]
}

const BYTES: Readonly<Record<string, string>> = {
  'app.secret': 'SELECT org, secret AS value FROM app',
  'store.access_token': 'SELECT org, access_token AS value FROM store',
  'store.refresh_token': 'SELECT org, refresh_token AS value FROM store',
  'totp.secret': 'SELECT org, secret AS value FROM totp',
  'message.raw': 'SELECT org, substring(raw FROM 1 FOR 5) AS value FROM message',
  'effect.sealed': 'SELECT org, sealed AS value FROM effect WHERE sealed IS NOT NULL',
  // Eight letters of Base64 are the first six bytes.
  'stream.buyer': `SELECT org, decode(left(state->'buyer'->>'sealed', 8), 'base64') AS value FROM stream
    WHERE state->'buyer'->>'sealed' IS NOT NULL`,
}

/** Counts which keys seal the values in the tables. Evidence is stored elsewhere and not counted. */
export async function keyStanding(database: DataSource, vault: Vault): Promise<KeyStanding> {
  const [sealing] = await database.query<{ format: number; reads_first: boolean }[]>(
    'SELECT format, reads_first FROM sealing',
  )
  const known = await database.query<{ id: string; wraps: number }[]>(
    `SELECT c.id, count(k.id)::int AS wraps FROM (
       SELECT id FROM key_check UNION SELECT master FROM organisation_key WHERE wrapped IS NOT NULL
     ) c LEFT JOIN organisation_key k ON k.master = c.id AND k.wrapped IS NOT NULL GROUP BY c.id ORDER BY c.id`,
  )
  const given = vault.masters.map(({ id }) => id)
  const values: Sealed[] = []
  for (const target of Object.keys(SEALED_COLUMNS))
    if (BYTES[target] !== undefined) values.push({ target, ...(await countValues(database, BYTES[target])) })
  return {
    format: sealing?.format ?? 1,
    readsFirst: sealing?.reads_first ?? true,
    masters: [
      ...given.map((id) => ({ id, given: true, wraps: known.find((one) => one.id === id)?.wraps ?? 0 })),
      ...known.filter(({ id }) => !given.includes(id)).map((one) => ({ ...one, given: false })),
    ],
    values,
  }
}

export const leftOf = ({ older, first }: Sealed): number => older + first

/** Values that are to be sealed again, of all but erased organisations. */
export const leftToSeal = ({ values }: KeyStanding): number => values.reduce((sum, one) => sum + leftOf(one), 0)

async function countValues(database: DataSource, values: string): Promise<Omit<Sealed, 'target'>> {
  const [row] = await database.query<Omit<Sealed, 'target'>[]>(buildCountSql(values))
  return row ?? { erased: 0, current: 0, older: 0, first: 0 }
}

/** Put together of the constants above and nothing else. */
const buildCountSql = (values: string): string => `
  WITH newest AS (
    SELECT DISTINCT ON (org) org, id, wrapped IS NULL AS erased FROM organisation_key ORDER BY org, seals_from DESC, id DESC
  ), sealed_values AS (
    SELECT n.erased, n.id,
      CASE WHEN octet_length(v.value) >= 5 AND get_byte(v.value, 0) = 2 THEN encode(substring(v.value FROM 2 FOR 4), 'hex') END AS key
    FROM (${values}) v LEFT JOIN newest n ON n.org = v.org
  )
  SELECT count(*) FILTER (WHERE erased)::int AS erased,
    count(*) FILTER (WHERE erased IS NOT TRUE AND key = id)::int AS current,
    count(*) FILTER (WHERE erased IS NOT TRUE AND key IS NOT NULL AND key IS DISTINCT FROM id)::int AS older,
    count(*) FILTER (WHERE erased IS NOT TRUE AND key IS NULL)::int AS first
  FROM sealed_values`
