/**
 * The variables of the environment that the driver (or libpq) reads where a connection leaves something open. A shell that
 * has them for another server must not change ours: `PGSSLMODE=require` stopped the embedded server's own connections.
 */
const PG_VARIABLE = /^PG(?!_)[A-Z_]+$/

export const pgVariablesIn = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env)
    .filter((name) => PG_VARIABLE.test(name) && env[name] !== undefined)
    .sort()

/** Removes them from this process before the first connection. @returns the names of those that were set */
export function dropPgVariables(env: NodeJS.ProcessEnv = process.env): string[] {
  const names = pgVariablesIn(env)
  for (const name of names) delete env[name]
  return names
}

let warned = false

/** Called before every connection is opened; warns once which variables are ignored. */
export function ignorePgVariables(): void {
  const names = dropPgVariables()
  if (names.length === 0 || warned) return
  warned = true
  process.emitWarning(
    `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} set and not used: everything about the connection stands in DATABASE_URL.`,
    { code: 'SHOUHOU_PG_ENVIRONMENT' },
  )
}
