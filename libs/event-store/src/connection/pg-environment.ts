/**
 * The environment variables of libpq (https://www.postgresql.org/docs/current/libpq-envars.html). The driver `pg` reads some of
 * them wherever a connection leaves a value open, and the programs of the embedded server read others. People set them in
 * their shell for another server, so none of them may change a connection of ours:
 *
 * - `PGHOST`, `PGHOSTADDR`, `PGPORT`, `PGDATABASE`, `PGSERVICE` lead to another server or database
 * - `PGUSER`, `PGPASSWORD`, `PGPASSFILE` log in as another user
 * - `PGSSLMODE`, `PGSSLROOTCERT`, `PGSSLNEGOTIATION` change the encryption: `PGSSLMODE=require` made every connection to the
 *   embedded server fail, since it has no TLS
 * - `PGOPTIONS`, `PGTZ`, `PGCLIENTENCODING`, `PGAPPNAME`, `PGCONNECT_TIMEOUT` change the session, and so the results of queries
 * - `PGDATA` makes the embedded server's programs use another data folder
 *
 * They are recognised by their prefix, since each version of libpq adds some. Names that begin with `PG_`, such as `PG_COLOR`,
 * only change how programs print.
 */
const PG_VARIABLE = /^PG(?!_)[A-Z_]+$/

/** The names of the variables in `env` that libpq or the driver would read, sorted. */
export const pgVariablesIn = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env)
    .filter((name) => PG_VARIABLE.test(name) && env[name] !== undefined)
    .sort()

/** Removes these variables from `env`, by default from this process. @returns the names of those that were set */
export function dropPgVariables(env: NodeJS.ProcessEnv = process.env): string[] {
  const names = pgVariablesIn(env)
  for (const name of names) delete env[name]
  return names
}

let warned = false

/**
 * Removes the variables from this process, and warns once which ones are ignored. Called whenever a connection is opened,
 * since a variable may be set later than the first one.
 */
export function ignorePgVariables(): void {
  const names = dropPgVariables()
  if (names.length === 0 || warned) return
  warned = true
  process.emitWarning(
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set and not used: everything about the connection stands in DATABASE_URL.`,
    { code: 'SHOUHOU_PG_ENVIRONMENT' },
  )
}
