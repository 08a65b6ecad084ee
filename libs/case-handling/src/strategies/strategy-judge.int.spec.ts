import type { AfterSaleCase, Command, Facets } from '#after-sale'
import { arm, changeStoreTerms, disarm, draftStrategy, bookSpendings } from '#ledgers'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { HOUR, NOON, aRefundRequest, anyIdentity, reported } from '../../../../test/support/cases'
import { answering } from '../../../../test/support/action-commands'
import { ActionOrders } from '../performing/action-orders'
import { caseIdOf } from '../writing/case-id'
import type { CaseCommand } from '../writing/case-command'
import { CaseWriter } from '../writing/case-writer'
import { StrategiesInForce } from './in-force'
import { StrategyJudge } from './strategy-judge'
import { budgetDayOf } from './spendings'

const db = useTestDatabase()
const STORE = 7
const ID = caseIdOf(1, STORE, anyIdentity.caseNumber)
const author = { org: 1, by: 'lin', at: NOON }
const notes: string[] = []
const journal = { info: (what: string) => void notes.push(what), warn: () => undefined }
/** A writer as a process that has just started has it. */
const fresh = (): CaseWriter =>
  new CaseWriter(
    [],
    undefined,
    new StrategyJudge(new StrategiesInForce(journal), () => 'API'),
    new ActionOrders(plainly),
  )
const plainly = {
  sealOrder: (_: unknown, raw: string) => Buffer.from(raw),
  openOrder: (_: unknown, sealed: Buffer) => sealed.toString(),
}

beforeEach(async () => {
  notes.length = 0
  await emptyTables(db)
  await db.database.transaction((m) => changeStoreTerms(m, author, STORE, { returnAddressId: '900' }, 0))
})

const aReturn = (over: Partial<Facets> = {}): Partial<Facets> =>
  aRefundRequest({ kind: { kind: 'return-and-refund' }, reason: { text: '质量问题' }, ...over })
const work = (command: Command, id = ID): CaseCommand => ({ id, org: 1, store: STORE, command, messageId: 5 })
const write = (works: readonly CaseCommand[], now = NOON, writer = fresh()) =>
  db.database.transaction((m) => writer.write(m, works, now))
const armed = async (
  over: { mode?: 'shadow' | 'live'; cap?: number; policy?: string; settings?: unknown } = {},
): Promise<number> => {
  const {
    mode = 'live',
    cap = 1_000_000,
    policy = 'returnReasonIsChosen',
    settings = { reasons: ['quality'], codes: [], matchesAllConfirmed: false },
  } = over
  const { strategy, version } = await db.database.transaction((m) =>
    draftStrategy(m, author, { policy, name: 'test', settings }),
  )
  await db.database.transaction((m) => arm(m, author, { store: STORE, strategy, version, mode, cap, trial: null }))
  return strategy
}
const events = async (): Promise<string[]> =>
  (await rowsOf<{ type: string }>(db, 'SELECT type FROM event ORDER BY stream, version')).map(({ type }) => type)
const spent = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT strategy, store, day, spent FROM budget ORDER BY strategy, day')
const stateOf = async (): Promise<AfterSaleCase | undefined> =>
  (await rowsOf<{ state: AfterSaleCase }>(db, 'SELECT state FROM stream WHERE id = $1', [ID]))[0]?.state

describe('a strategy in force', () => {
  it('decides in the transaction that writes the case, with all facts it used, and its budget is booked (R162)', async () => {
    const strategy = await armed()
    await write([work(reported(0, aReturn()))])
    expect(await events()).toEqual(['CaseOpened', 'ActionIntended'])
    const [row] = await rowsOf<{ body: Record<string, unknown> }>(
      db,
      `SELECT body FROM event WHERE type = 'ActionIntended'`,
    )
    expect(row?.body).toMatchObject({
      action: { name: 'approve-return', addressId: '900' },
      by: { kind: 'strategy', id: String(strategy), version: 1 },
      amount: 8900,
      verdict: { policy: 'returnReasonIsChosen', outcome: 'act', chosen: true },
    })
    expect(await spent()).toEqual([{ strategy, store: STORE, day: '2026-11-11', spent: 8900 }])
  })

  it('requests an action once, however often and by whichever worker the same is reported', async () => {
    await armed()
    await write([work(reported(0, aReturn()))])
    const [first] = (await stateOf())?.intents ?? []
    await write([work(reported(0, aReturn(), 900))])
    await write([work(reported(0, aReturn(), 1_900))])
    expect((await stateOf())?.intents?.map(({ id }) => id)).toEqual([first?.id])
  })

  it('that is disarmed decides nothing more, also in a process that has not noticed yet', async () => {
    const strategy = await armed()
    const writer = fresh()
    await write([work(reported(0, aReturn()), caseIdOf(1, STORE, 'another'))], NOON, writer)
    await db.database.transaction((m) => disarm(m, author, strategy))
    await write([work(reported(0, aReturn()))], NOON, writer)
    expect(await stateOf()).not.toHaveProperty('intents')
  })

  it('in shadow records its decision, and no action follows', async () => {
    const strategy = await armed({ mode: 'shadow' })
    await write([work(reported(0, aReturn()))])
    expect(await events()).toEqual(['CaseOpened'])
    expect(await rowsOf(db, 'SELECT stream, strategy, version FROM shadow')).toEqual([
      { stream: ID, strategy, version: 1 },
    ])
    expect(await spent()).toEqual([])
  })

  it('whose document this version of the code cannot read is not in force, and is logged', async () => {
    await armed({ settings: { reasons: ['no such class'] } })
    await write([work(reported(0, aReturn()))])
    expect([await events(), notes.length]).toEqual([['CaseOpened'], 1])
  })
})

describe('its budget', () => {
  const twoCases = [work(reported(0, aReturn())), work(reported(0, aReturn()), caseIdOf(1, STORE, 'another'))]
  const decisions = async (): Promise<number> => (await events()).filter((type) => type === 'ActionIntended').length

  it.each([
    ['exactly what two cases cost', 17_800, 2],
    ['a fen less', 17_799, 1],
    ['nothing', 0, 0],
  ])(
    'of %s a day limits how many of two cases the strategy decides: the rest is for people',
    async (_, cap, expected) => {
      await armed({ cap })
      await write(twoCases)
      expect(await decisions()).toBe(expected)
    },
  )

  it('counts by the day of the marketplaces, which begins at 16:00 UTC', async () => {
    const strategy = await armed({ cap: 10_000 })
    await db.database.transaction((m) =>
      bookSpendings(m, [{ strategy, store: STORE, day: budgetDayOf(NOON), amount: 9_999 }], new Map([[STORE, 1]])),
    )
    await write([work(reported(0, aReturn()))], Date.parse('2026-11-11T15:59:59.999Z'))
    expect(await decisions()).toBe(0)
    await write([work(reported(0, aReturn()), caseIdOf(1, STORE, 'another'))], Date.parse('2026-11-11T16:00:00Z'))
    expect(await decisions()).toBe(1)
  })

  it('gets back the amount of an action that did not happen', async () => {
    const strategy = await armed()
    await write([work(reported(0, aReturn()))])
    const intent = (await stateOf())?.intents?.[0]?.id ?? ''
    await write([work(answering({ type: 'refused', code: '11005' }, { intent }))])
    expect(await spent()).toEqual([{ strategy, store: STORE, day: '2026-11-11', spent: 0 }])
  })

  it('does not get back the amount of an action in doubt', async () => {
    const strategy = await armed()
    await write([work(reported(0, aReturn()))])
    const intent = (await stateOf())?.intents?.[0]?.id ?? ''
    await write([work(answering({ type: 'in-doubt' }, { intent }))])
    expect(await spent()).toEqual([{ strategy, store: STORE, day: '2026-11-11', spent: 8900 }])
  })
})

it('a case is judged again when only time can change the answer: the platform is not waited for forever (R148)', async () => {
  await db.database.transaction((m) =>
    changeStoreTerms(m, author, STORE, { returnAddressId: '900', advanceRefund: [{ from: NOON - 48 * HOUR }] }, 1),
  )
  await armed()
  await write([work(reported(0, aReturn({ status: { status: 'awaiting-merchant-receipt', raw: '11' } })))])
  expect(await rowsOf(db, `SELECT due_at FROM timer WHERE kind = 'JUDGE'`)).toEqual([{ due_at: NOON + 24 * HOUR }])
})
