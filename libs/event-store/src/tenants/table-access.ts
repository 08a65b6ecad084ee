import type { ProcessRole } from './roles'

/** What each process may do with a table, as in GRANT: `select, insert`, or columns of it. A process that is not named: nothing. */
export type Privileges = Partial<Readonly<Record<ProcessRole, string>>>

/** A table whose rows belong to organisations. */
export interface TenantTable extends Privileges {
  readonly type: 'tenants'
  /** The row's organisation: a column, or an expression over the row. */
  readonly organisation: string
  /** Processes that may read rows of every organisation, and why that is no leak. */
  readonly across: Partial<Readonly<Record<ProcessRole, string>>>
  /** Processes that may also write such rows. */
  readonly writesAcross: readonly ProcessRole[]
  /**
   * The rows that `analytics` reads, as a condition: views of that role are read by logins of one organisation each, and such a
   * login may set `shouhou.orgs` to anything. Absent: none.
   */
  readonly loginRows?: string
}

/** A table of the installation. `because` says why no row of it belongs to an organisation. */
export interface SharedTable extends Privileges {
  readonly type: 'shared'
  readonly because: string
}

/** A function that works with the rights of the owner: only these processes may call it. */
export interface OwnersFunction {
  readonly type: 'function'
  readonly callers: readonly ProcessRole[]
}

/** Every table of a library, by its name. A table of the migrated schema that is in none of these lists fails a test. */
export type TableAccess = Readonly<Record<string, TenantTable | SharedTable | OwnersFunction>>

export const tenantTable = (
  privileges: Omit<Privileges, 'analytics'>,
  {
    organisation = 'org',
    across = {},
    writesAcross = [],
    loginRows,
  }: Partial<Omit<TenantTable, 'type' | ProcessRole>> = {},
): TenantTable => ({
  type: 'tenants',
  organisation,
  across,
  writesAcross,
  ...privileges,
  ...(loginRows === undefined ? {} : { loginRows, analytics: 'select' }),
})

export const sharedTable = (because: string, privileges: Privileges = {}): SharedTable => ({
  type: 'shared',
  because,
  ...privileges,
})

export const ownersFunction = (...callers: readonly ProcessRole[]): OwnersFunction => ({ type: 'function', callers })

/** Every way to read and to change rows. */
export const READS_AND_WRITES = 'select, insert, update, delete'
/** Rows are added and never changed. */
export const APPENDS = 'select, insert'

/** `undefined`: in no list, or of no organisation. */
export const tenantTableOf = (tables: TableAccess, name: string): TenantTable | undefined => {
  const access = Object.hasOwn(tables, name) ? tables[name] : undefined
  return access?.type === 'tenants' ? access : undefined
}
