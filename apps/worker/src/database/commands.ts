import type { DataSource } from 'typeorm'
import { UnusableSettings } from '#access'
import { findFlawsOfViews } from '#analytics'
import type { ProcessRole, SecureOptions, SecurityFlaw } from '#event-store'
import {
  findFlawsOfRoles,
  findFlawsOfTables,
  parseDatabaseUrl,
  readRolePrefix,
  roleName,
  schemaMismatch,
  setRolePassword,
} from '#event-store'
import { ALL_TABLES, bringUpToDate } from '../bring-up-to-date'

/** Which roles are checked, and how processes log in. */
export interface CheckedDatabase {
  /** The prefix of the roles; absent: the one in use, or the database's name. */
  readonly prefix?: string | undefined
  readonly ownAddresses: boolean
}

/** The address of each process that logs in as its role. */
export type RoleAddresses = Partial<Readonly<Record<ProcessRole, string | undefined>>>

async function resolvePrefix(database: DataSource, prefix: string | undefined): Promise<string> {
  const [names] = await database.query<{ database: string }[]>('SELECT current_database() AS database')
  return prefix ?? (await readRolePrefix(database)) ?? names?.database ?? ''
}

/** The SQL that an administrator has to run; empty if nothing is missing. */
export async function rolesSql(database: DataSource, { prefix, ownAddresses }: CheckedDatabase): Promise<string> {
  const flaws = await findFlawsOfRoles(database, { prefix: await resolvePrefix(database, prefix), ownAddresses })
  if (flaws.length === 0) return ''
  return ['-- As an administrator of the server, in this database:', ...flaws.map(({ fix }) => fix)].join('\n')
}

/** Everything that is not as it should be, the roles first: without them the rest cannot be right. */
export async function findFlaws(
  database: DataSource,
  { prefix: configured, ownAddresses }: CheckedDatabase,
): Promise<SecurityFlaw[]> {
  const prefix = await resolvePrefix(database, configured)
  const roles = await findFlawsOfRoles(database, { prefix, ownAddresses })
  if ((await readRolePrefix(database)) !== prefix)
    return [...roles, { flaw: `row-level security is not applied for ${prefix}_…`, fix: 'npm run database -- apply' }]
  const old = await schemaMismatch(database)
  return [
    ...roles,
    ...(old === undefined
      ? []
      : [{ flaw: 'the tables are older than this version', fix: 'npm run database -- apply' }]),
    ...(await findFlawsOfTables(database, ALL_TABLES, prefix)),
    ...(await findFlawsOfViews(database, prefix)),
  ]
}

export const flawsText = (flaws: readonly SecurityFlaw[]): string =>
  flaws.length === 0
    ? 'Roles, grants and row-level security are as they should be.'
    : flaws.map(({ flaw, fix }) => `${flaw}\n  → ${fix}`).join('\n')

export interface ApplyOptions extends SecureOptions {
  readonly addresses?: RoleAddresses
}

/**
 * Migrates, applies the lists, and gives the roles the passwords of their addresses.
 * @throws UnusableSettings where an administrator has to make the roles first, or an address is of another user
 */
export async function applyRoles(database: DataSource, { addresses = {}, ...options }: ApplyOptions): Promise<void> {
  const prefix = await bringUpToDate(database, options)
  if (prefix === undefined)
    throw new UnusableSettings(['the roles are missing and this user may not create them: npm run database -- roles'])
  const passwords = passwordsOf(addresses, prefix)
  await database.transaction(async (manager) => {
    for (const { role, password } of passwords) await setRolePassword(manager, role, password)
  })
}

interface RolePassword {
  readonly role: string
  readonly password: string
}

/** @throws UnusableSettings with all of the addresses that are wrong: no password is changed then */
function passwordsOf(addresses: RoleAddresses, prefix: string): RolePassword[] {
  const problems: string[] = []
  const passwords: RolePassword[] = []
  for (const [process, address] of Object.entries(addresses) as [ProcessRole, string | undefined][]) {
    if (address === undefined) continue
    const { user, password } = parseDatabaseUrl(address)
    const setting = `${process.toUpperCase()}_DATABASE_URL`
    const role = roleName(prefix, process)
    if (user !== role) problems.push(`${setting}: its user must be ${role}`)
    else if (typeof password !== 'string' || password === '') problems.push(`${setting}: has no password`)
    else passwords.push({ role, password })
  }
  if (problems.length > 0) throw new UnusableSettings(problems)
  return passwords
}
