/**
 * A dump without pg_dump, which the embedded PostgreSQL does not include. The schema is what that commit's migrations execute, statement
 * by statement; the rows are the server's own JSON of them, one a line, each table led by its name:
 *
 *   -- stream
 *   {"id":"…","org":1,"state":{…}}
 *
 * The last is `pg_sequences`: the last value that each sequence gave. JSON columns keep their own text, `bytea` is hex. `json_populate_recordset` reads it back.
 */

/** Separates statements: a line that no statement contains. */
export const BETWEEN_STATEMENTS = '\n-- statement --\n'

const MIGRATIONS_TABLE = `CREATE TABLE migrations (
  id SERIAL PRIMARY KEY, "timestamp" bigint NOT NULL, name character varying NOT NULL)`

export async function dumpSchema(migrations) {
  const statements = [MIGRATIONS_TABLE]
  const runner = {
    query: (sql, values = []) => {
      if (values.length > 0) throw new Error('a migration with parameters cannot be written down as text')
      statements.push(sql)
      return Promise.resolve([])
    },
  }
  const inOrder = migrations.map((Migration) => new Migration()).sort((a, b) => timestampOf(a) - timestampOf(b))
  for (const migration of inOrder) await migration.up(runner)
  return statements.join(BETWEEN_STATEMENTS)
}

const timestampOf = ({ name }) => Number(name.slice(-13))

export async function dumpRows(database) {
  const tables = await database.query(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`,
  )
  const parts = []
  for (const { name } of tables) {
    const rows = await database.query(`SELECT row_to_json(t)::text AS line FROM "${name}" t`)
    // A line is a row: the server writes no line breaks between fields, but a JSON column may hold its own.
    parts.push(`-- ${name}`, ...rows.map(({ line }) => line.replaceAll('\n', ' ')))
  }
  const sequences = await database.query(
    `SELECT json_build_object('name', sequencename, 'last', last_value)::text AS line FROM pg_sequences
     WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename`,
  )
  parts.push('-- pg_sequences', ...sequences.map(({ line }) => line))
  return `${parts.join('\n')}\n`
}
