import { createHash } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import type { SqlExecutor } from '#event-store'
import { quoteIdentifier, roleName } from '#event-store'
import type { View } from './views'
import { VIEWS } from './views'

export const VIEW_SCHEMA = 'analytics'
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** The owner of the views may not be acted as, so they cannot be given to it. */
export class ViewsNotCreated extends Error {}

/**
 * The owner is a role that owns no table and has no rights but SELECT: in a view the rights and policies of its owner count,
 * and `current_user` is the one who asks. A view of the tables' owner would show every organisation.
 */
function viewSql({ name, comment, columns, from }: View, owner: string): string[] {
  const view = `${VIEW_SCHEMA}.${quoteIdentifier(name)}`
  const selected = columns.map(({ name: column, sql }) => `${sql} AS ${quoteIdentifier(column)}`).join(',\n  ')
  return [
    `DROP VIEW IF EXISTS ${view}`,
    `CREATE VIEW ${view} WITH (security_barrier = true) AS SELECT ${selected}\nFROM ${from}`,
    `ALTER VIEW ${view} OWNER TO ${owner}`,
    `REVOKE ALL ON ${view} FROM PUBLIC`,
    `COMMENT ON VIEW ${view} IS ${quoteText(comment)}`,
    ...columns.map(
      (column) => `COMMENT ON COLUMN ${view}.${quoteIdentifier(column.name)} IS ${quoteText(column.comment)}`,
    ),
  ]
}

const SOURCE_DIGEST = createHash('sha256').update(JSON.stringify(VIEWS)).digest('hex').slice(0, 16)

/** What the schema's comment says where the views are those of this version, and were not changed by hand. */
export async function expectedViewStamp(database: SqlExecutor): Promise<string> {
  const [row] = await database.query<{ digest: string | null }[]>(
    `SELECT md5(string_agg(relname || pg_get_viewdef(c.oid), ';' ORDER BY relname)) AS digest FROM pg_class c
     WHERE relkind = 'v' AND relnamespace = to_regnamespace('${VIEW_SCHEMA}')`,
  )
  return `${SOURCE_DIGEST} ${row?.digest ?? ''}`
}

/** @returns undefined where there is no such schema */
export async function viewStamp(database: SqlExecutor): Promise<string | undefined> {
  const [row] = await database.query<{ stamp: string | null }[]>(
    `SELECT obj_description(oid, 'pg_namespace') AS stamp FROM pg_namespace WHERE nspname = '${VIEW_SCHEMA}'`,
  )
  return row === undefined ? undefined : (row.stamp ?? '')
}

/**
 * Creates the views, or replaces them by those of this version, in the caller's transaction; logins keep their rights. Waits at
 * most five seconds for those who read them.
 * @throws ViewsNotCreated
 */
export async function createViews(manager: EntityManager, prefix: string): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtext('${VIEW_SCHEMA} views'))`)
  await forbidLargeObjects(manager)
  const stamp = await viewStamp(manager)
  if (stamp !== undefined && stamp === (await expectedViewStamp(manager))) return
  const owner = quoteIdentifier(roleName(prefix, 'analytics'))
  await manager.query(`SET LOCAL lock_timeout = '5s'`)
  const before = await beforeViews(manager, owner)
  for (const statement of [...before, ...VIEWS.flatMap((view) => viewSql(view, owner))])
    await manager.query(statement).catch((error: { code?: string }) => {
      if (error.code !== '42501') throw error
      throw new ViewsNotCreated(
        `the views cannot be given to ${owner}: an administrator has to GRANT ${owner} TO this user (npm run database -- roles)`,
      )
    })
  const notAfterwards = `REVOKE CREATE ON SCHEMA ${VIEW_SCHEMA} FROM ${owner}`
  await manager.query(notAfterwards)
  const logins = await manager.query<{ login: string }[]>(
    'SELECT login FROM analytics_login WHERE EXISTS (SELECT FROM pg_roles WHERE rolname = login)',
  )
  for (const { login } of logins) await grantViews(manager, login)
  const stamped = `COMMENT ON SCHEMA ${VIEW_SCHEMA} IS ${quoteText(await expectedViewStamp(manager))}`
  await manager.query(stamped)
}

/**
 * By default every role may write large objects, which no setting of ours can forbid and none of us uses. Where this user does not
 * own the functions (a managed PostgreSQL), that stays.
 */
async function forbidLargeObjects(manager: EntityManager): Promise<void> {
  const open = await manager.query<{ name: string }[]>(
    `SELECT oid::regprocedure::text AS name FROM pg_proc
     WHERE proname IN ('lo_creat', 'lo_create', 'lo_from_bytea') AND pronamespace = 'pg_catalog'::regnamespace
       AND has_function_privilege('public', oid, 'EXECUTE') AND pg_has_role(proowner, 'USAGE')`,
  )
  for (const { name } of open) {
    const revoked = `REVOKE EXECUTE ON FUNCTION pg_catalog.${name} FROM PUBLIC`
    await manager.query(revoked)
  }
}

async function beforeViews(manager: EntityManager, owner: string): Promise<string[]> {
  const [own] = await manager.query<{ name: string }[]>(
    `SELECT datname AS name FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'USAGE')`,
  )
  return [
    // By default every role may write temporary tables; no process of ours has any.
    ...(own === undefined ? [] : [`REVOKE TEMPORARY ON DATABASE ${quoteIdentifier(own.name)} FROM PUBLIC`]),
    `CREATE SCHEMA IF NOT EXISTS ${VIEW_SCHEMA}`,
    `REVOKE ALL ON SCHEMA ${VIEW_SCHEMA} FROM PUBLIC`,
    // An owner must be able to create in the schema at the moment in which it becomes the owner, and not afterwards.
    `GRANT USAGE, CREATE ON SCHEMA ${VIEW_SCHEMA} TO ${owner}`,
  ]
}

export async function grantViews(manager: EntityManager, login: string): Promise<void> {
  for (const right of VIEW_RIGHTS) {
    const granted = `GRANT ${right} TO ${quoteIdentifier(login)}`
    await manager.query(granted)
  }
}

const VIEW_NAMES = VIEWS.map(({ name }) => `${VIEW_SCHEMA}.${quoteIdentifier(name)}`).join(', ')
/** All that a login has. */
const VIEW_RIGHTS = [`USAGE ON SCHEMA ${VIEW_SCHEMA}`, `SELECT ON ${VIEW_NAMES}`]
