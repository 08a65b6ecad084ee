import { rowsOf, useTestDatabase } from '../../../../test/postgres/test-database'
import { register } from '../registration'
import { openVault } from '../vault'
import { takeFromQuota } from './quota'

const db = useTestDatabase(4)
const HOUR = 3_600_000
/** Midnight in China. */
const MIDNIGHT = Date.UTC(2026, 10, 21, 16)
const QUOTA = { most: 3, spanMs: 24 * HOUR }

let org = 0
beforeAll(async () => {
  org = await register(db.database, openVault(Buffer.alloc(32, 7)), { slug: 'ours', name: 'Ours' }, [])
})

const take = (scope: string, now = MIDNIGHT) => takeFromQuota(db.database, org, scope, QUOTA, now)

describe('a quota', () => {
  it('is taken from until it is spent, and is whole again with the next day in China', async () => {
    const day = [0, 1, 2, 23.9].map((hours) => MIDNIGHT + hours * HOUR)
    const answers = []
    for (const now of day) answers.push(await take('one', now))
    expect(answers).toEqual([
      { outcome: 'taken', left: 2 },
      { outcome: 'taken', left: 1 },
      { outcome: 'taken', left: 0 },
      { outcome: 'spent', until: MIDNIGHT + 24 * HOUR },
    ])
    expect(await take('one', MIDNIGHT + 24 * HOUR)).toEqual({ outcome: 'taken', left: 2 })
    expect(await rowsOf(db, "SELECT used FROM quota_use WHERE scope = 'one'")).toEqual([{ used: 1 }])
  })

  it('is everyone’s own, and none where none is allowed', async () => {
    expect(await take('two')).toEqual({ outcome: 'taken', left: 2 })
    expect((await takeFromQuota(db.database, org, 'three', { ...QUOTA, most: 0 }, MIDNIGHT)).outcome).toBe('spent')
  })

  it('is not exceeded by many at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => take('at once')))
    expect(answers.filter(({ outcome }) => outcome === 'taken')).toHaveLength(3)
  })

  it('is not taken from by a transaction that is rolled back', async () => {
    const failing = db.database.transaction(async (manager) => {
      await takeFromQuota(manager, org, 'four', QUOTA, MIDNIGHT)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await take('four')).toEqual({ outcome: 'taken', left: 2 })
  })
})
