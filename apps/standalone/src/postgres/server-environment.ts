/** The variables that libpq reads (`PGDATA`, `PGOPTIONS`, …). In a shell they are set for another server. */
const PG_VARIABLE = /^PG(?!_)[A-Z_]+$/

/** The environment without these variables, for starting our own server. */
export const withoutPgVariables = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !PG_VARIABLE.test(name)))
