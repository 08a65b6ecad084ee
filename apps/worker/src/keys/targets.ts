import type { EntityManager } from 'typeorm'
import type { Place, SealedColumn, Vault } from '#access'
import { placeOf } from '#access'

/** Where a batch ended: the primary key of its last row. */
export type RowKey = readonly (string | number)[]

/** One sealed value and its row. */
export interface SealedValue {
  readonly key: RowKey
  readonly place: Place
  readonly sealed: Buffer
}

/** One page of sealed values. */
export interface SealedValuePage {
  readonly values: readonly SealedValue[]
  /** Rows visited, also those without a sealed value. */
  readonly rows: number
  /** Null: there are no more. */
  readonly after: RowKey | null
}

/** A value with its bytes under the current key. */
export interface ResealedValue extends SealedValue {
  readonly resealValues: Buffer
}

/** One kind of sealed values: how to page through all of them and how to replace them. */
export interface ResealTarget {
  readonly name: SealedColumn
  /** Rows in one transaction. */
  readonly batch: number
  /** The next rows in the order of their keys. `lock`: they are to be changed in this transaction. */
  next(manager: EntityManager, after: RowKey | null, limit: number, lock: boolean): Promise<SealedValuePage>
  /** Skips a value that was changed meanwhile: it is sealed with the current key already. */
  write(manager: EntityManager, values: readonly ResealedValue[], vault: Vault): Promise<void>
}

interface SealedColumnTarget {
  readonly name: SealedColumn
  readonly batch: number
  readonly table: string
  readonly column: string
  /** The primary key: names and types. */
  readonly key: readonly (readonly [name: string, type: string])[]
  /** The columns that `place` needs. The place is authenticated with the value, so that it opens nowhere else. */
  readonly of: string
  readonly place: (row: never) => Place
}

const SEALED_COLUMN_TARGETS: readonly SealedColumnTarget[] = [
  {
    name: 'app.secret',
    batch: 500,
    table: 'app',
    column: 'secret',
    key: [['id', 'int']],
    of: 'org, marketplace, app_key AS "appKey"',
    place: placeOf.appSecret,
  },
  {
    name: 'store.access_token',
    batch: 500,
    table: 'store',
    column: 'access_token',
    key: [['id', 'int']],
    of: 'org, app, shop',
    place: placeOf.accessToken,
  },
  {
    name: 'store.refresh_token',
    batch: 500,
    table: 'store',
    column: 'refresh_token',
    key: [['id', 'int']],
    of: 'org, app, shop',
    place: placeOf.refreshToken,
  },
  {
    name: 'totp.secret',
    batch: 500,
    table: 'totp',
    column: 'secret',
    key: [['id', 'uuid']],
    of: 'org',
    place: placeOf.totpSecret,
  },
  {
    name: 'oidc_provider.client_secret',
    batch: 500,
    table: 'oidc_provider',
    column: 'client_secret',
    key: [['org', 'int']],
    of: 'org, issuer, client_id AS "clientId"',
    place: placeOf.oidcSecret,
  },
  {
    name: 'message.raw',
    batch: 500,
    table: 'message',
    column: 'raw',
    key: [['id', 'bigint']],
    of: 'org, app, digest',
    place: placeOf.message,
  },
  {
    name: 'effect.sealed',
    batch: 200,
    table: 'effect',
    column: 'sealed',
    key: [
      ['stream', 'uuid'],
      ['intent', 'text'],
    ],
    of: 'org, stream, intent',
    place: placeOf.order,
  },
  {
    name: 'action_batch.sealed',
    batch: 200,
    table: 'action_batch',
    column: 'sealed',
    key: [['id', 'uuid']],
    of: 'org',
    place: placeOf.batch,
  },
  {
    name: 'case_note.body',
    batch: 500,
    table: 'case_note',
    column: 'body',
    key: [['id', 'uuid']],
    of: 'org',
    place: placeOf.note,
  },
]

type SealedRow = Readonly<Record<string, unknown>> & { readonly sealed_value: Buffer | null }

interface PageStatements {
  /** `$1`: how many. */
  readonly first: string
  /** `$1`: how many; then the key of the last one seen. */
  readonly next: string
  /** Parameters: one array for each column of the key, then the earlier and the new values. */
  readonly replace: string
}

/** Contains only the constants above, so nothing can be injected. */
function buildStatements({ table, column, key, of }: SealedColumnTarget): PageStatements {
  const names = key.map(([name]) => name)
  const list = names.join(', ')
  const rows = `SELECT ${list}, ${of}, ${column} AS sealed_value FROM ${table}`
  const later = `WHERE (${list}) > (${key.map(([, type], i) => `$${i + 2}::${type}`).join(', ')})`
  const types = key.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')
  return {
    first: `${rows} ORDER BY ${list} LIMIT $1`,
    next: `${rows} ${later} ORDER BY ${list} LIMIT $1`,
    replace: `UPDATE ${table} t SET ${column} = v.after
      FROM unnest(${types}, $${key.length + 1}::bytea[], $${key.length + 2}::bytea[]) AS v(${list}, before, after)
      WHERE ${names.map((name) => `t.${name} = v.${name}`).join(' AND ')} AND t.${column} = v.before`,
  }
}

/** Values in a column of their own. */
export const columnTargets: readonly ResealTarget[] = SEALED_COLUMN_TARGETS.map((column) => {
  const { name, batch, key, place } = column
  const statements = buildStatements(column)
  return {
    name,
    batch,
    async next(manager, after, limit) {
      const statement = after === null ? statements.first : statements.next
      const rows = await manager.query<SealedRow[]>(statement, [limit, ...(after ?? [])])
      const keyOf = (row: SealedRow): RowKey => key.map(([part]) => row[part] as string | number)
      const last = rows.at(-1)
      return {
        values: rows.flatMap((row) =>
          row.sealed_value === null ? [] : [{ key: keyOf(row), place: place(row as never), sealed: row.sealed_value }],
        ),
        rows: rows.length,
        after: rows.length < limit || last === undefined ? null : keyOf(last),
      }
    },
    async write(manager, values) {
      await manager.query(statements.replace, [
        ...key.map((_, i) => values.map((value) => value.key[i])),
        values.map(({ sealed }) => sealed),
        values.map(({ resealValues: resealed }) => resealed),
      ])
    },
  }
})
