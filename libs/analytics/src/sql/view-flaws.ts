import type { SecurityFlaw, SqlExecutor } from '#event-store'
import { quoteIdentifier, roleName } from '#event-store'
import { VIEW_SCHEMA, expectedViewStamp, viewStamp } from './create-views'
import { loginPrefix } from './logins'
import { VIEWS } from './views'

const REMAKE = 'npm run analytics -- views'

/** What of the views and the logins that read them is not as this version makes it. Without the schema: nothing. */
export async function findFlawsOfViews(database: SqlExecutor, prefix: string): Promise<SecurityFlaw[]> {
  const stamp = await viewStamp(database)
  if (stamp === undefined) return []
  const changed =
    stamp === (await expectedViewStamp(database))
      ? []
      : [{ flaw: `the views of ${VIEW_SCHEMA} are not those of this version`, fix: REMAKE }]
  return [
    ...changed,
    ...(await findFlawsOfObjects(database, prefix)),
    ...(await findFlawsOfGrants(database, prefix)),
    ...(await findFlawsOfLogins(database, prefix)),
  ]
}

async function findFlawsOfObjects(database: SqlExecutor, prefix: string): Promise<SecurityFlaw[]> {
  const owner = roleName(prefix, 'analytics')
  const rows = await database.query<{ name: string; owner: string; barrier: boolean; view: boolean }[]>(
    `SELECT relname AS name, pg_get_userbyid(relowner) AS owner, relkind = 'v' AS view,
       coalesce('security_barrier=true' = ANY(reloptions), false) AS barrier
     FROM pg_class WHERE relnamespace = to_regnamespace('${VIEW_SCHEMA}') AND relkind IN ('r', 'p', 'v', 'm', 'f') ORDER BY 1`,
  )
  const ours = new Set(VIEWS.map(({ name }) => name))
  return rows.flatMap(({ name, view, barrier, ...found }): SecurityFlaw[] => {
    const object = `${VIEW_SCHEMA}.${quoteIdentifier(name)}`
    if (!ours.has(name) || !view)
      return [{ flaw: `${VIEW_SCHEMA}.${name} is in no list`, fix: `DROP ${view ? 'VIEW' : 'TABLE'} ${object};` }]
    return [
      ...(found.owner === owner
        ? []
        : [
            {
              flaw: `the view ${VIEW_SCHEMA}.${name} belongs to ${found.owner}, whose rows it shows`,
              fix: `DROP VIEW ${object}; -- then ${REMAKE}`,
            },
          ]),
      ...(barrier
        ? []
        : [
            {
              flaw: `the view ${VIEW_SCHEMA}.${name} is no security barrier`,
              fix: `ALTER VIEW ${object} SET (security_barrier = true);`,
            },
          ]),
    ]
  })
}

/** Beside its owner only logins read a view; no one but the schema's owner creates anything in it. */
async function findFlawsOfGrants(database: SqlExecutor, prefix: string): Promise<SecurityFlaw[]> {
  const rows = await database.query<{ object: string; kind: string; privilege: string; role: string }[]>(
    `SELECT object, kind, privilege, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END AS role FROM (
       SELECT relname::text AS object, '' AS kind, privilege_type AS privilege, grantee, relowner AS owner
       FROM pg_class, aclexplode(relacl) WHERE relnamespace = to_regnamespace('${VIEW_SCHEMA}')
       UNION ALL
       SELECT nspname::text, 'SCHEMA ', privilege_type, grantee, nspowner FROM pg_namespace, aclexplode(nspacl)
       WHERE nspname = '${VIEW_SCHEMA}'
     ) AS granted
     WHERE grantee <> owner AND NOT (
       privilege = CASE kind WHEN '' THEN 'SELECT' ELSE 'USAGE' END AND pg_get_userbyid(grantee) IN
         (SELECT login FROM analytics_login UNION ALL SELECT $1 WHERE kind <> ''))
     ORDER BY 1, 3, 4`,
    [roleName(prefix, 'analytics')],
  )
  return rows.map(({ object, kind, privilege, role }) => {
    const name = kind === '' ? `${VIEW_SCHEMA}.${quoteIdentifier(object)}` : `SCHEMA ${object}`
    return {
      flaw: `in no list: ${privilege} on ${name} to ${role}`,
      fix: `REVOKE ${privilege} ON ${name} FROM ${role === 'PUBLIC' ? role : quoteIdentifier(role)};`,
    }
  })
}

/** A login has no right but to read the views, and is in the list: a role that was made by hand belongs to no organisation. */
async function findFlawsOfLogins(database: SqlExecutor, prefix: string): Promise<SecurityFlaw[]> {
  const rows = await database.query<{ login: string; listed: boolean; powers: boolean; beyond: boolean }[]>(
    `SELECT rolname AS login, EXISTS (SELECT FROM analytics_login l WHERE l.login = rolname) AS listed,
       rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication
         OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS powers,
       EXISTS (
         SELECT FROM pg_class c, aclexplode(c.relacl) a
         WHERE a.grantee = r.oid AND c.relnamespace <> to_regnamespace('${VIEW_SCHEMA}')
       ) OR EXISTS (SELECT FROM pg_shdepend d WHERE d.refobjid = r.oid AND d.deptype = 'o') AS beyond
     FROM pg_roles r WHERE starts_with(rolname, $1) ORDER BY 1`,
    [loginPrefix(prefix)],
  )
  return rows.flatMap(({ login, listed, powers, beyond }) =>
    listed && !powers && !beyond
      ? []
      : [
          {
            flaw: `the login ${login} ${listed ? 'may do more than read the views' : 'is in no list'}`,
            fix: listed
              ? `npm run analytics -- revoke ${login}`
              : `DROP OWNED BY ${quoteIdentifier(login)}; DROP ROLE ${quoteIdentifier(login)};`,
          },
        ],
  )
}
