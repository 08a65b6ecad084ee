import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { SEALED_COLUMNS } from '#access'

/** How many values of one kind each generation of keys seals. */
export interface SealedCounts {
  readonly target: string
  /** With the current key of their organisation. */
  readonly current: number
  /** With an earlier key of their organisation. */
  readonly older: number
  /** In the first format, directly with a master key. */
  readonly first: number
  /** Of organisations that were erased. */
  readonly erased: number
}

/** Which keys exist and how much each of them seals. */
export interface KeyUsage {
  /** The format of new values: 1 or 2. */
  readonly format: number
  /** Whether values of the first format are still read. */
  readonly readsFirst: boolean
  /** Master keys that the database knows, or that were given. */
  readonly masters: readonly { readonly id: string; readonly given: boolean; readonly wraps: number }[]
  readonly values: readonly SealedCounts[]
}

/** The organisation and at least the first five bytes of each value: its format and the id of its key. */
const VALUES_SQL: Readonly<Record<string, string>> = {
  'app.secret': 'SELECT org, secret AS value FROM app',
  'store.access_token': 'SELECT org, access_token AS value FROM store',
  'store.refresh_token': 'SELECT org, refresh_token AS value FROM store',
  'totp.secret': 'SELECT org, secret AS value FROM totp',
  'oidc_provider.client_secret': 'SELECT org, client_secret AS value FROM oidc_provider',
  'message.raw': 'SELECT org, substring(raw FROM 1 FOR 5) AS value FROM message',
  'effect.sealed': 'SELECT org, sealed AS value FROM effect WHERE sealed IS NOT NULL',
  // Eight letters of Base64 are the first six bytes.
  'stream.buyer': `SELECT org, decode(left(state->'buyer'->>'sealed', 8), 'base64') AS value FROM stream
    WHERE state->'buyer'->>'sealed' IS NOT NULL`,
}

/** Counts which keys seal the values in the tables. Evidence is stored elsewhere and not counted. */
export async function readKeyUsage(database: DataSource, vault: Vault): Promise<KeyUsage> {
  const [sealing] = await database.query<{ format: number; reads_first: boolean }[]>(
    'SELECT format, reads_first FROM sealing',
  )
  const known = await database.query<{ id: string; wraps: number }[]>(
    `SELECT c.id, count(k.id)::int AS wraps FROM (
       SELECT id FROM key_check UNION SELECT master FROM organisation_key WHERE wrapped IS NOT NULL
     ) c LEFT JOIN organisation_key k ON k.master = c.id AND k.wrapped IS NOT NULL GROUP BY c.id ORDER BY c.id`,
  )
  const given = vault.masters.map(({ id }) => id)
  const values: SealedCounts[] = []
  for (const target of Object.keys(SEALED_COLUMNS))
    if (VALUES_SQL[target] !== undefined) values.push({ target, ...(await countValues(database, VALUES_SQL[target])) })
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

/** Values of one kind that are to be resealed with the current key. */
export const countToReseal = ({ older, first }: SealedCounts): number => older + first

/** Values of all kinds that are to be resealed, except those of erased organisations. */
export const countAllToReseal = ({ values }: KeyUsage): number =>
  values.reduce((sum, one) => sum + countToReseal(one), 0)

async function countValues(database: DataSource, values: string): Promise<Omit<SealedCounts, 'target'>> {
  const [row] = await database.query<Omit<SealedCounts, 'target'>[]>(buildCountSql(values))
  return row ?? { erased: 0, current: 0, older: 0, first: 0 }
}

/** Contains only the constants above, so nothing can be injected. */
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
