import { useTestDatabase } from '../../../../test/postgres/test-database'
import { TookTooLong, atOneMoment, checkpointOf } from './checkpoint'

const db = useTestDatabase()

describe('questions about one moment', () => {
  it('see one snapshot: what is written between them is in none', async () => {
    const read = await atOneMoment(db.database, 60_000, async (snapshot) => {
      const before = await checkpointOf(snapshot, 1)
      await db.database.query(
        `INSERT INTO analytics_checkpoint (org, tx, stream, caught_up_at) VALUES (1, '7', gen_random_uuid(), 1)`,
      )
      return [before, await checkpointOf(snapshot, 1)]
    })
    expect(read).toEqual([
      { asOf: null, position: '0' },
      { asOf: null, position: '0' },
    ])
    expect((await checkpointOf(db.database, 1)).asOf).toBe(1)
  })

  it('one that takes too long is cancelled', () =>
    expect(atOneMoment(db.database, 50, ({ query }) => query('SELECT pg_sleep(60)'))).rejects.toBeInstanceOf(
      TookTooLong,
    ))

  it('quick ones that take too long together are refused as well', async () => {
    let asked = 0
    const endless = atOneMoment(db.database, 200, async (snapshot) => {
      for (;;) {
        await snapshot.query('SELECT 1')
        asked++
      }
    })
    await expect(endless).rejects.toBeInstanceOf(TookTooLong)
    expect(asked).toBeGreaterThan(1)
  })

  it('write nothing', () =>
    expect(atOneMoment(db.database, 60_000, ({ query }) => query('DELETE FROM measure_day'))).rejects.toMatchObject({
      code: '25006',
    }))

  it('leave the connection without a limit', async () => {
    await atOneMoment(db.database, 5_000, (snapshot) => snapshot.query('SELECT 1'))
    expect(await db.database.query(`SELECT current_setting('statement_timeout') AS left`)).not.toEqual([{ left: '5s' }])
  })
})
