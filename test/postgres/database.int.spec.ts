import { Client } from 'pg'
import { freshDatabase } from './database'
import { emptyTables, useTestDatabase, rowsOf } from './test-database'
import { runStatement } from './server'

describe('a fresh database', () => {
  it('has the tables of every library, unless it was requested without migrations', async () => {
    const [full, empty] = await Promise.all([freshDatabase(), freshDatabase({ migrated: false })])
    const tables = "SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LIMIT 1"
    expect([await countResultRows(full.url, tables), await countResultRows(empty.url, tables)]).toEqual([1, 0])
    await Promise.all([full.drop(), empty.drop()])
  })

  it('is isolated, and is gone when dropped though a client is still connected', async () => {
    const [first, second] = await Promise.all([freshDatabase(), freshDatabase()])
    await runStatement(first.url, 'CREATE TABLE only_mine (id int)')
    await expect(runStatement(second.url, 'SELECT * FROM only_mine')).rejects.toThrow(
      'relation "only_mine" does not exist',
    )

    const connectedClient = new Client({ connectionString: first.url })
    connectedClient.on('error', () => undefined)
    await connectedClient.connect()
    await first.drop()
    await expect(runStatement(first.url, 'SELECT 1')).rejects.toThrow('does not exist')
    await second.drop()
  })
})

describe('emptying the tables between two tests', () => {
  const db = useTestDatabase(2)

  it('keeps what migrations wrote, and restarts the sequences', async () => {
    const insert = "INSERT INTO organisation (slug, name) VALUES ('a', 'A') RETURNING id"
    const seededSql =
      'SELECT (SELECT count(*)::int FROM migrations) AS migrations, (SELECT count(*)::int FROM in_force) AS rows'
    const before = await rowsOf(db, seededSql)
    expect(await rowsOf(db, insert)).toEqual([{ id: 1 }])
    await emptyTables(db)
    expect(await rowsOf(db, 'SELECT id FROM organisation')).toEqual([])
    expect(await rowsOf(db, insert)).toEqual([{ id: 1 }])
    expect(await rowsOf(db, seededSql)).toEqual(before)
  })

  it('empties a table that has a foreign key, too', async () => {
    await rowsOf(db, "INSERT INTO app (org, marketplace, app_key, secret, endpoints) VALUES (1, 'm', 'k', '', '{}')")
    await emptyTables(db)
    expect(await rowsOf(db, 'SELECT id FROM app')).toEqual([])
  })
})

async function countResultRows(url: string, sql: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows.length
  } finally {
    await client.end()
  }
}
