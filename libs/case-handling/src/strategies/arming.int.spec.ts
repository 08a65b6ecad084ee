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
import { StrategiesInForce } from './in-force'
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
const plainly = {
  sealOrder: (_: unknown, raw: string) => Buffer.from(raw),
  openOrder: (_: unknown, sealed: Buffer) => sealed.toString(),
}
/** A long-running process, with what it has cached. */
let writer: CaseWriter

beforeEach(async () => {
  const journal = { info: () => undefined, warn: () => undefined }
  writer = new CaseWriter(
    [],
    undefined,
    new StrategyJudge(new StrategiesInForce(journal), () => 'API'),
    new ActionOrders(plainly),
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
const receive = (...works: CaseCommand[]) => db.database.transaction((m) => writer.write(m, works, NOON))
/** As the loops do it: due cases are judged again. */
async function rejudgeOpenStreams(): Promise<void> {
  while ((await new RejudgeOpenCasesHandler(db.database).execute()) > 0);
  await db.database.transaction(async (m) => {
    const now = NOON + SECOND
    const fired = await claimDueTimers<AfterSaleCase>(m, now, 10)
    const noticed = fired.map(({ id, due, kind }): CaseCommand => ({
      id,
      org: 1,
      store: STORE,
      messageId: null,
      command: { type: 'FireTimer', kind: kind as 'JUDGE', due, now },
    }))
    if (fired.length > 0) await writer.write(m, noticed, now, fired)
  })
}
const eventsOf = async (caseNumber = anyIdentity.caseNumber): Promise<string[]> =>
  (
    await rowsOf<{ type: string }>(db, 'SELECT type FROM event WHERE stream = $1 ORDER BY version', [idOf(caseNumber)])
  ).map(({ type }) => type)

const arming = (over: { cap?: number; trial?: number; mode?: 'shadow' | 'live' }) => async (strategy: number) =>
  new ArmStrategyHandler(db.database).execute(
    new ArmStrategy(author, strategy, 1, [STORE], over.mode ?? 'live', over.cap, over.trial),
  )
const drafting = {
  policy: 'returnReasonIsChosen',
  name: 'test',
  settings: { reasons: ['quality'], codes: [], matchesAllConfirmed: false },
}
const drafted = async (): Promise<number> => {
  return (await db.database.transaction((m) => draftStrategy(m, author, drafting))).strategy
}
const trial = async (
  strategy: number,
  over: { version?: number; state?: string; stores?: number[] } = {},
): Promise<number> => {
  const { version = 1, state = 'done', stores = [STORE] } = over
  const [row] = await rowsOf<{ id: number }>(
    db,
    `INSERT INTO trial (org, strategy, version, stores, from_at, to_at, state, started_at) VALUES (1, $1, $2, $3, 0, 1, $4, 0) RETURNING id`,
    [strategy, version, stores, state],
  )
  return row?.id ?? 0
}
const armLive = async (): Promise<number> => {
  const strategy = await drafted()
  expect(await arming({ cap: 1_000_000, trial: await trial(strategy) })(strategy)).toMatchObject({ type: 'kept' })
  return strategy
}

describe('arming', () => {
  it('live needs a cap and a finished trial of this very version at this store', async () => {
    const strategy = await drafted()
    await rowsOf(db, `INSERT INTO strategy_version VALUES ($1, 2, 1, '{}', 0, 'lin')`, [strategy])
    const outcome = async (over: Parameters<typeof arming>[0]) => {
      const kept = await arming(over)(strategy)
      return kept.type === 'refused' ? kept.reason : kept.type
    }
    expect(await outcome({ trial: await trial(strategy) })).toBe('CapMissing')
    expect(await outcome({ cap: 1 })).toBe('TrialMissing')
    expect(await outcome({ cap: 1, trial: await trial(strategy, { version: 2 }) })).toBe('TrialOfAnotherVersion')
    expect(await outcome({ cap: 1, trial: await trial(strategy, { state: 'running' }) })).toBe('TrialNotDone')
    expect(await outcome({ cap: 1, trial: await trial(strategy, { stores: [8] }) })).toBe('TrialWithoutThisStore')
    expect(await outcome({ cap: 1, trial: await trial(strategy) })).toBe('kept')
    expect(await outcome({ mode: 'shadow' })).toBe('kept')
  })

  it('has the open cases judged, also by a process that has just judged without the strategy', async () => {
    await receive(aReturn())
    await armLive()
    await rejudgeOpenStreams()
    expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('F: has open cases without a timer judged, too', async () => {
    await receive(aReturn())
    await db.database.query('DELETE FROM timer')
    await armLive()
    await rejudgeOpenStreams()
    expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('F: waits for judging batches without holding any other lock', async () => {
    const strategy = await drafted()
    const tried = await trial(strategy)
    const batch = await beginTransaction(db.database, (m) => writer.write(m, [aReturn()], NOON))
    const changes = [
      arming({ cap: 1_000_000, trial: tried })(strategy),
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

  it('counts from the next case on, in every process, however fresh its cache', async () => {
    await receive(aReturn('1'))
    await armLive()
    await receive(aReturn('2'))
    expect(await eventsOf('2')).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('leaves out no case of a batch that was judged before it and commits after it', async () => {
    const strategy = await drafted()
    const tried = await trial(strategy)
    const batch = await beginTransaction(db.database, (m) => writer.write(m, [aReturn()], NOON))
    const armed = arming({ cap: 1_000_000, trial: tried })(strategy)
    await untilLockWaits(db.database, 1)
    await batch.commit()
    expect(await armed).toMatchObject({ type: 'kept' })
    await rejudgeOpenStreams()
    expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('makes a concurrent batch wait, which then judges by the strategies in force', async () => {
    const { strategy, version } = await db.database.transaction((m) => draftStrategy(m, author, drafting))
    const being = await beginTransaction(db.database, (m) =>
      arm(m, author, { store: STORE, strategy, version, mode: 'live', cap: 1_000_000, trial: null }),
    )
    const received = receive(aReturn())
    await untilLockWaits(db.database, 1)
    await being.commit()
    await received
    expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
  })

  it('is noticed even if it was made directly in the database', async () => {
    await receive(aReturn('1'))
    const strategy = await drafted()
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
  // A live one has its own row held by whatever it decides; one in shadow has nothing but the judging itself.
  ['live', ['CaseOpened', 'ActionIntended'], 0],
  ['shadow', ['CaseOpened'], 1],
] as const)(
  'F: what is disarmed decides nothing from the answer on: a batch that is just judging by it, %s, is waited for',
  async (mode, events, shadows) => {
    const strategy = await drafted()
    await arming({ mode, cap: 1_000_000, trial: await trial(strategy) })(strategy)
    const batch = await beginTransaction(db.database, (m) => writer.write(m, [aReturn('1')], NOON))
    const disarmed: Promise<StrategyAnswer<{ stores: readonly number[] }>> = new DisarmStrategyHandler(
      db.database,
    ).execute(new DisarmStrategy(author, strategy, undefined))
    // Answered before the batch has ended, it would have decided after the answer.
    const waits = untilLockWaits(db.database, 1).then(() => 'waits')
    expect(await Promise.race([disarmed.then(() => 'answered'), waits])).toBe('waits')
    await batch.commit()
    expect(await disarmed).toEqual({ type: 'kept', stores: [STORE] })
    await receive(aReturn('2'))
    expect([await eventsOf('1'), await eventsOf('2')]).toEqual([events, ['CaseOpened']])
    expect(await rowsOf(db, 'SELECT FROM shadow')).toHaveLength(shadows)
  },
)

it("a store's terms count as soon as they are changed, for what is open, too", async () => {
  await db.database.transaction((m) => changeStoreTerms(m, author, STORE, {}, 1))
  await armLive()
  await receive(aReturn())
  expect(await eventsOf()).toEqual(['CaseOpened'])
  await new ChangeStoreTermsHandler(db.database).execute(new ChangeStoreTerms(author, STORE, ADDRESS, 2))
  await rejudgeOpenStreams()
  expect(await eventsOf()).toEqual(['CaseOpened', 'ActionIntended'])
})
