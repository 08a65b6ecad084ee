import type { DataSource } from 'typeorm'
import { freshDatabase } from '../../../../test/postgres/database'
import { openDatabase } from '#event-store'
import { beginTrial, draftStrategy, endTrial, keepTrialsAlive, trialOf, trialsOf } from '../index'

const NOON = Date.UTC(2026, 10, 22, 4)
const AUTHOR = { org: 1, by: 'lin', at: NOON }

describe('a trial', () => {
  let database: DataSource
  let drop: () => Promise<void>
  let strategy: number
  beforeAll(async () => {
    const fresh = await freshDatabase()
    drop = () => fresh.drop()
    database = await openDatabase({ url: fresh.url, pool: 2, migrations: [] })
    strategy = await database.transaction(
      async (manager) =>
        (await draftStrategy(manager, AUTHOR, { policy: 'returnReasonIsChosen', name: 'one', settings: {} })).strategy,
    )
  })
  afterAll(async () => {
    await database.destroy()
    await drop()
  })

  const beginTestTrial = (): Promise<number> =>
    beginTrial(database, AUTHOR, { strategy, version: 1, stores: [1], from: 0, to: NOON })
  /** As if its console had stopped renewing the lease. */
  const expireLease = (id: number): Promise<unknown> =>
    database.query(`UPDATE trial SET alive_until = clock_timestamp() - interval '1 ms' WHERE id = $1`, [id])
  const stateAndReason = async (id: number): Promise<unknown> => {
    const [trial, listed] = [
      await trialOf(database, 1, id),
      (await trialsOf(database, 1, strategy)).find((row) => row.id === id),
    ]
    expect(listed).toEqual({ ...trial, report: null })
    return trial && [trial.state, trial.reason]
  }

  it('is running while its lease is renewed, and failed once it has expired', async () => {
    const id = await beginTestTrial()
    expect(await stateAndReason(id)).toEqual(['running', null])
    await expireLease(id)
    expect(await stateAndReason(id)).toEqual(['failed', 'broken-off'])
  })

  it('continues when its console was only cut off for a while, and ends with its report', async () => {
    const id = await beginTestTrial()
    await expireLease(id)
    await keepTrialsAlive(database, [id])
    expect(await stateAndReason(id)).toEqual(['running', null])
    await expireLease(id)
    await endTrial(database, id, { report: { total: 1 } }, NOON + 1)
    expect(await trialOf(database, 1, id)).toMatchObject({
      state: 'done',
      reason: null,
      report: { total: 1 },
      finishedAt: NOON + 1,
    })
  })

  it('ends once: a later end changes nothing', async () => {
    const id = await beginTestTrial()
    await endTrial(database, id, { reason: 'stopped' }, NOON + 1)
    await endTrial(database, id, { report: {} }, NOON + 2)
    await keepTrialsAlive(database, [id])
    expect(await trialOf(database, 1, id)).toMatchObject({
      state: 'failed',
      reason: 'stopped',
      report: null,
      finishedAt: NOON + 1,
    })
  })

  it('that a console without leases began is failed, too', async () => {
    const id = await beginTestTrial()
    await database.query('UPDATE trial SET alive_until = NULL WHERE id = $1', [id])
    expect(await stateAndReason(id)).toEqual(['failed', 'broken-off'])
  })
})
