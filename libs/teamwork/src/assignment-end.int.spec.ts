import { randomUUID } from 'node:crypto'
import { withTenants } from '#event-store'
import { useRole, useTestDatabase, rowsOf } from '../../../test/postgres/test-database'

const [OURS, THEIRS] = [7, 8]
const db = useTestDatabase()
const worker = useRole(db, 'worker')

const assignedCase = async (org: number): Promise<string> => {
  const [id, person] = [randomUUID(), randomUUID()]
  await rowsOf(
    db,
    `INSERT INTO stream (id, org, store, version, fold, revision, open, told, state)
     VALUES ($1, $2, 1, 1, 1, 1, true, pg_current_xact_id(), '{}')`,
    [id, org],
  )
  await rowsOf(db, 'INSERT INTO case_assignment VALUES ($1, $2, $3, 1, $4, $4, 1)', [id, randomUUID(), org, person])
  return id
}
const endAsWorker = (id: string): Promise<unknown> =>
  withTenants([OURS], () => worker.database.query('UPDATE stream SET open = false WHERE id = $1', [id]))
const rowsNow = async (id: string): Promise<unknown> =>
  (
    await rowsOf<object>(
      db,
      `SELECT (SELECT open FROM stream WHERE id = $1) AS open,
              (SELECT count(*)::int FROM case_assignment WHERE case_id = $1) AS assignments`,
      [id],
    )
  )[0]

describe('the assignment of a case that ends', () => {
  it('ends in the same transaction, with the rights of the worker, and no other does', async () => {
    const [ended, open, theirs] = [await assignedCase(OURS), await assignedCase(OURS), await assignedCase(THEIRS)]
    await endAsWorker(ended)
    expect(await rowsNow(ended)).toEqual({ open: false, assignments: 0 })
    expect(await rowsNow(open)).toEqual({ open: true, assignments: 1 })
    expect(await rowsNow(theirs)).toEqual({ open: true, assignments: 1 })
  })

  it('does not keep a case from ending before the rights are granted, as during an update', async () => {
    const id = await assignedCase(OURS)
    const [{ role } = { role: '' }] = await worker.database.query<{ role: string }[]>('SELECT current_user AS role')
    await rowsOf(db, `REVOKE ALL ON case_assignment FROM "${role}"`)
    await endAsWorker(id)
    await rowsOf(db, `GRANT select, delete ON case_assignment TO "${role}"`)
    expect(await rowsNow(id)).toEqual({ open: false, assignments: 1 })
  })
})
