/** Where a buyer can still be read in a database: the canary scan of the erasure. */
import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { fingerprintsOf, maskName, maskPhone, placeOf } from '#access'

export interface Traced {
  readonly org: number
  readonly name: string
  readonly phone: string
}

/** Values that are sealed in a column of their own, opened by their place. */
const OPENED: Readonly<Record<string, (vault: Vault, row: never) => string>> = {
  message: (vault: Vault, row: { org: number; app: number; digest: Buffer; raw: Buffer }) =>
    vault.open(placeOf.message(row), row.raw).toString('utf8'),
  effect: (vault: Vault, row: { org: number; stream: string; intent: string; sealed: Buffer }) =>
    vault.open(placeOf.order(row), row.sealed).toString('utf8'),
  action_batch: (vault: Vault, row: { org: number; id: string; sealed: Buffer | null }) =>
    row.sealed === null ? '' : vault.open(placeOf.batch(row), row.sealed).toString('utf8'),
  case_note: (vault: Vault, row: { org: number; id: string; body: Buffer | null }) =>
    row.body === null ? '' : vault.open(placeOf.note(row), row.body).toString('utf8'),
}

const textOf = (value: unknown): string =>
  Buffer.isBuffer(value) ? value.toString('utf8') : typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

/** Names of columns in which the name, the number, a mask or a fingerprint of either is, and of sealed ones that open to it. */
export async function findTraces(database: DataSource, vault: Vault, { org, name, phone }: Traced): Promise<string[]> {
  const wanted = [
    ...[name, phone, maskName(name), maskPhone(phone)],
    ...fingerprintsOf.name(vault, org, name),
    ...fingerprintsOf.phone(vault, org, phone),
    ...fingerprintsOf.phoneTail(vault, org, phone),
  ]
  const isNamed = (text: string): boolean => wanted.some((value) => text.includes(value))
  const found = new Set<string>()
  const tables = await database.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace`,
  )
  for (const { name: table } of tables)
    for (const row of await database.query<Record<string, unknown>[]>(`SELECT * FROM "${table}"`)) {
      for (const [column, value] of Object.entries(row)) if (isNamed(textOf(value))) found.add(`${table}.${column}`)
      const open = OPENED[table]
      if (open !== undefined && isNamed(open(vault, row as never))) found.add(`${table} opened`)
      for (const text of Object.values(row).map(textOf))
        // The sealed buyer of a case; any place of the organisation's is tried.
        for (const [, sealed = ''] of text.matchAll(/"sealed":"([A-Za-z0-9+/=]+)"/g))
          if (isNamed(openBuyerOf(vault, org, String(row['stream'] ?? row['id']), sealed))) found.add(`${table} buyer`)
    }
  return [...found].sort()
}

function openBuyerOf(vault: Vault, org: number, stream: string, sealed: string): string {
  return vault.open(placeOf.buyer(org, stream), Buffer.from(sealed, 'base64')).toString('utf8')
}
