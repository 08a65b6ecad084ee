import type { AfterSaleCase, Command } from '#after-sale'
import { claimDueTimers } from '#event-store'
import { arm, changeStoreTerms, draftStrategy } from '#ledgers'
import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import { NOON, SECOND, aRefundRequest, anyIdentity, reported } from '../../../../test/support/cases'
import { ActionOrders } from '../performing/action-orders'
import { caseIdOf } from '../writing/case-id'
import type { CaseCommand } from '../writing/case-command'
import { CaseWriter } from '../writing/case-writer'
import { StrategiesInForce } from './strategies-in-force'
import { StrategyJudge } from './strategy-judge'
import type { StrategyAnswer } from './strategy-commands'
import {
  ArmStrategy,
  ArmStrategyHandler,
  ChangeStoreTerms,
  ChangeStoreTermsHandler,
  DisarmStrategy,
  DisarmStrategyHandler,
} from './strategy-commands'
import { RejudgeOpenCasesHandler } from './rejudge-open-cases'

const db = useTestDatabase()
const STORE = 7
const author = { org: 1, by: 'lin', at: NOON }
const ADDRESS = { returnAddressId: '900' }
const unencrypted = {
  sealOrder: (_: unknown, raw: string) => Buffer.from(raw),
  openOrder: (_: unknown, sealed: Buffer) => sealed.toString(),
}
/** The writer of a long-running process, with what it has cached. */
let writer: CaseWriter

beforeEach(async () => {
  const journal = { info: () => undefined, warn: () => undefined }
  writer = new CaseWriter(
    [],
    undefined,
    new StrategyJudge(new StrategiesInForce(journal), () => 'API'),
    new ActionOrders(unencrypted),
  )
  await emptyTables(db)
  await db.database.transaction((m) => changeStoreTerms(m, author, STORE, ADDRESS, 0))
})

const idOf = (caseNumber: string): string => caseIdOf(1, STORE, caseNumber)
/** The first report of a return for a reason of quality. */
const aReturn = (caseNumber = anyIdentity.caseNumber): CaseCommand => {
  const report = reported(0, aRefundRequest({ kind: { kind: 'return-and-refund' }, reason: { text: '质量问题' } }))
  return {
    id: idOf(caseNumber),
    org: 1,
    store: STORE,
    command: { ...report, identity: { ...anyIdentity, caseNumber } } as Command,
    messageId: 5,
  }
}
const receive = (...caseCommands: CaseCommand[]) => db.database.transaction((m) => writer.write(m, caseCommands, NOON))
/** Does what the worker's loops do: the open cases are judged again. */
async function rejudgeOpenStreams(): Promise<void> {
  while ((await new RejudgeOpenCasesHandler(db.database).execute()) > 0);
  await db.database.transaction(async (m) => {
    const now = NOON + SECOND
    const fired = await claimDueTimers<AfterSaleCase>(m, now, 10)
    const fireTimers = fired.map(({ id, due, kind }): CaseCommand => ({
      id,
      org: 1,
      store: STORE,
      messageId: null,
      command: { type: 'FireTimer', kind: kind as 'JUDGE', due, now },
    }))
    if (fired.length > 0) await writer.write(m, fireTimers, now, fired)
  })
}
const eventsOf = async (caseNumber = anyIdentity.caseNumber): Promise<string[]> =>
  (
    await rowsOf<{ type: string }>(db, 'SELECT type FROM event WHERE stream = $1 ORDER BY version', [idOf(caseNumber)])
  ).map(({ type }) => type)
const armWith = (options: { cap?: number; trial?: number; mode?: 'shadow' | 'live' }) => async (strategy: number) =>
  new ArmStrategyHandler(db.database).execute(
    new ArmStrategy(author, strategy, 1, [STORE], options.mode ?? 'live', options.cap, options.trial),
  )
const draft = {
  policy: 'returnReasonIsChosen',
  name: 'test',
  settings: { reasons: ['quality'], codes: [], matchesAllConfirmed: false },
}
const draftTestStrategy = async (): Promise<number> =>
  (await db.database.transaction((m) => draftStrategy(m, author, draft))).strategy
const insertTrial = async (
  strategy: number,
  options: { version?: number; state?: string; stores?: number[] } = {},
): Promise<number> => {
  const { version = 1, state = 'done', stores = [STORE] } = options
  const [row] = await rowsOf<{ id: number }>(
    db,
    `INSERT INTO trial (org, strategy, version, stores, from_at, to_at, state, started_at) VALUES (1, $1, $2, $3, 0, 1, $4, 0) RETURNING id`,
    [strategy, version, stores, state],
  )
  return row?.id ?? 0
}
const armLive = async (): Promise<number> => {
  const strategy = await draftTestStrategy()
  expect(await armWith({ cap: 1_000_000, trial: await insertTrial(strategy) })(strategy)).toMatchObject({
    type: 'kept',
  })
  return strategy
}

describe('arming a strategy', () => {
  it('needs, for live operation, a cap and a finished trial of this very version at this store', async () => {
    const strategy = await draftTestStrategy()
    await rowsOf(db, `INSERT INTO strategy_version VALUES ($1, 2, 1, '{}', 0, 'lin')`, [strategy])
    const armingOutcome = async (options: Parameters<typeof armWith>[0]) => {
      const answer = await armWith(options)(strategy)
      return answer.type === 'refused' ? answer.reason : answer.type
    }
    expect(await armingOutcome({ trial: await insertTrial(strategy) })).toBe('CapMissing')
    expect(await armingOutcome({ cap: 1 })).toBe('TrialMissing')
    expect(await armingOutcome({ cap: 1, trial: await insertTrial(strategy, { version: 2 }) })).toBe(
      'TrialOfAnotherVersion',
    )
    expect(await armingOutcome({ cap: 1, trial: await insertTrial(strategy, { state: 'running' }) })).toBe(
      'TrialNotDone',
    )
    expect(await armingOutcome({ cap: 1, trial: await insertTrial(strategy, { stores: [8] }) })).toBe(
      'TrialWithoutThisStore',
    )
    expect(await armingOutcome({ cap: 1, trial: await insertTrial(strategy) })).toBe('kept')
    expect(await armingOutcome({ mode: 'shadow' })).toBe('kept')
  })

  it('has the open cases judged again, even by a process that has just judged without the strategy', async () => {
    await receive(aReturn())
    await armLive()
    await rejudgeOpenStreams()
    expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('has open cases without a timer judged, too', async () => {
    await receive(aReturn())
    await db.database.query('DELETE FROM timer')
    await armLive()
    await rejudgeOpenStreams()
    expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('waits for judging batches without holding any other lock', async () => {
    const strategy = await draftTestStrategy()
    const doneTrial = await insertTrial(strategy)
    const batch = await beginTransaction(db.database, (m) => writer.write(m, [aReturn()], NOON))
    const changes = [
      armWith({ cap: 1_000_000, trial: doneTrial })(strategy),
      new DisarmStrategyHandler(db.database).execute(new DisarmStrategy(author, strategy, undefined)),
      new ChangeStoreTermsHandler(db.database).execute(new ChangeStoreTerms(author, STORE, ADDRESS, 1)),
    ]
    await untilLockWaits(db.database, changes.length)
    const locks = await rowsOf(
      db,
      `SELECT DISTINCT relation::regclass::text AS "table", mode FROM pg_locks
       WHERE locktype = 'relation' AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)`,
    )
    expect(locks).toEqual([])
    await batch.commit()
    expect((await Promise.all(changes)).map(({ type }) => type)).toEqual(['kept', 'kept', 'kept'])
  })

  it('takes effect with the next case in every process, even one that has just filled its cache', async () => {
    await receive(aReturn('1'))
    await armLive()
    await receive(aReturn('2'))
    expect(await eventsOf('2')).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('misses no case of a batch that was judged before it and commits after it', async () => {
    const strategy = await draftTestStrategy()
    const doneTrial = await insertTrial(strategy)
    const batch = await beginTransaction(db.database, (m) => writer.write(m, [aReturn()], NOON))
    const pendingArming = armWith({ cap: 1_000_000, trial: doneTrial })(strategy)
    await untilLockWaits(db.database, 1)
    await batch.commit()
    expect(await pendingArming).toMatchObject({ type: 'kept' })
    await rejudgeOpenStreams()
    expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('makes a concurrent batch wait, which then judges by the strategies in force', async () => {
    const { strategy, version } = await db.database.transaction((m) => draftStrategy(m, author, draft))
    const openArming = await beginTransaction(db.database, (m) =>
      arm(m, author, { store: STORE, strategy, version, mode: 'live', cap: 1_000_000, trial: null }),
    )
    const pendingBatch = receive(aReturn())
    await untilLockWaits(db.database, 1)
    await openArming.commit()
    await pendingBatch
    expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('is noticed even if it was made directly in the database', async () => {
    await receive(aReturn('1'))
    const strategy = await draftTestStrategy()
    await rowsOf(
      db,
      `INSERT INTO arming (org, store, strategy, version, mode, cap, armed_at, armed_by) VALUES (1, $1, $2, 1, 'live', 1000000, 0, 'by hand')`,
      [STORE, strategy],
    )
    await receive(aReturn('2'))
    expect(await eventsOf('2')).toEqual(['CaseOpened', 'ActionIntended'])
  })
})

it.each([
  // A live strategy's row is locked by its decisions; for one in shadow, only the judging lock makes the change wait.
  ['live', ['CaseOpened', 'ActionIntended'], 0],
  ['shadow', ['CaseOpened'], 1],
] as const)(
  'disarming a strategy that is %s waits for the batch that judges by it, so that nothing is decided after the answer',
  async (mode, events, shadows) => {
    const strategy = await draftTestStrategy()
    await armWith({ mode, cap: 1_000_000, trial: await insertTrial(strategy) })(strategy)
    const batch = await beginTransaction(db.database, (m) => writer.write(m, [aReturn('1')], NOON))
    const disarmed: Promise<StrategyAnswer<{ stores: readonly number[] }>> = new DisarmStrategyHandler(
      db.database,
    ).execute(new DisarmStrategy(author, strategy, undefined))
    // If it were answered before the batch has ended, the strategy would still decide after the answer.
    const lockWait = untilLockWaits(db.database, 1).then(() => 'waits')
    expect(await Promise.race([disarmed.then(() => 'answered'), lockWait])).toBe('waits')
    await batch.commit()
    expect(await disarmed).toEqual({ type: 'kept', stores: [STORE] })
    await receive(aReturn('2'))
    expect([await eventsOf('1'), await eventsOf('2')]).toEqual([events, ['CaseOpened']])
    expect(await rowsOf(db, 'SELECT FROM shadow')).toHaveLength(shadows)
  },
)

it('changed terms of a store count at once, also for its open cases', async () => {
  await db.database.transaction((m) => changeStoreTerms(m, author, STORE, {}, 1))
  await armLive()
  await receive(aReturn())
  expect(await eventsOf()).toEqual(['CaseOpened'])
  await new ChangeStoreTermsHandler(db.database).execute(new ChangeStoreTerms(author, STORE, ADDRESS, 2))
  await rejudgeOpenStreams()
  expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
})
