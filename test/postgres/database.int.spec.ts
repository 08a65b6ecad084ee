import { Client } from 'pg'
import { freshDatabase } from './database'
import { statement } from './server'

describe('a fresh database', () => {
  it('has the tables of every library, unless an empty one is wanted', async () => {
    const [full, empty] = await Promise.all([freshDatabase(), freshDatabase({ migrated: false })])
    const tables = "SELECT 1 FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') LIMIT 1"
    expect([await count(full.url, tables), await count(empty.url, tables)]).toEqual([1, 0])
    await Promise.all([full.drop(), empty.drop()])
  })

  it('is seen by nobody else, and is gone when dropped though somebody is still connected', async () => {
    const [mine, yours] = await Promise.all([freshDatabase(), freshDatabase()])
    await statement(mine.url, 'CREATE TABLE only_mine (id int)')
    await expect(statement(yours.url, 'SELECT * FROM only_mine')).rejects.toThrow('relation "only_mine" does not exist')

    const lingering = new Client({ connectionString: mine.url })
    lingering.on('error', () => undefined)
    await lingering.connect()
    await mine.drop()
    await expect(statement(mine.url, 'SELECT 1')).rejects.toThrow('does not exist')
    await yours.drop()
  })
})

async function count(url: string, sql: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows.length
  } finally {
    await client.end()
  }
}
