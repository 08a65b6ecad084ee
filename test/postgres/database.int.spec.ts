import { Client } from 'pg'
import { freshDatabase, statement } from './database'

describe('a fresh database', () => {
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
