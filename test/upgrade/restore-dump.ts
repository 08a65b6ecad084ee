import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Client } from 'pg'

/** The separators that `record/dump.mjs` writes. */
const BETWEEN_STATEMENTS = '\n-- statement --\n'
const SEQUENCES = 'pg_sequences'

export const unzipped = (folder: string, name: string): string =>
  gunzipSync(readFileSync(join(folder, name))).toString('utf8')

/** Restores a dump of `record/dump.mjs` into an empty database, as its superuser: no trigger fires, no key is checked meanwhile. */
export async function restoreDump(url: string, folder: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('BEGIN')
    for (const statement of unzipped(folder, 'schema.sql.gz').split(BETWEEN_STATEMENTS)) await client.query(statement)
    await client.query('SET LOCAL session_replication_role = replica')
    for (const { table, rows } of tablesIn(unzipped(folder, 'rows.gz')))
      if (table === SEQUENCES)
        await client.query(
          'SELECT setval(s.name::regclass, s.last) FROM json_to_recordset($1::json) AS s(name text, last bigint)',
          [rows],
        )
      else await insertRows(client, table, rows)
    await client.query('COMMIT')
  } finally {
    await client.end()
  }
}

interface TableRows {
  readonly table: string
  /** JSON array as text, exactly as the server wrote its rows. */
  readonly rows: string
}

function tablesIn(dump: string): TableRows[] {
  const [, ...parts] = `\n${dump.trimEnd()}`.split('\n-- ')
  return parts.map((part) => {
    const [table = '', ...lines] = part.split('\n')
    return { table, rows: `[${lines.join(',')}]` }
  })
}

/** Inserts the rows of one table with their own ids. */
async function insertRows(client: Client, table: string, rows: string): Promise<void> {
  const name = client.escapeIdentifier(table)
  // Migrations write rows of their own, which the dump has as well.
  await client.query(`DELETE FROM ${name}`)
  await client.query(
    `INSERT INTO ${name} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_recordset(NULL::${name}, $1::json)`,
    [rows],
  )
}
