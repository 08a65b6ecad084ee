/** The variables that libpq reads (`PGDATA`, `PGOPTIONS`, …): a shell has them for another server. */
const PG_VARIABLE = /^PG(?!_)[A-Z_]+$/

/** The environment without them, for a server that is started. */
export const withoutPgVariables = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !PG_VARIABLE.test(name)))
