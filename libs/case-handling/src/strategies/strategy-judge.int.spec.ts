import type { AfterSaleCase, Command, Facets } from '#after-sale'
import { arm, changeStoreTerms, disarm, draftStrategy, bookSpendings } from '#ledgers'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { HOUR, NOON, aRefundRequest, anyIdentity, reported } from '../../../../test/support/cases'
import { answerOf } from '../../../../test/support/action-commands'
import { ActionOrders } from '../performing/action-orders'
import { caseIdOf } from '../writing/case-id'
import type { CaseCommand } from '../writing/case-command'
import { CaseWriter } from '../writing/case-writer'
import { StrategiesInForce } from './strategies-in-force'
import { StrategyJudge } from './strategy-judge'
import { budgetDayOf } from './spendings'

const db = useTestDatabase()
const STORE = 7
const ID = caseIdOf(1, STORE, anyIdentity.caseNumber)
const author = { org: 1, by: 'lin', at: NOON }
const notes: string[] = []
const journal = { info: (message: string) => void notes.push(message), warn: () => undefined }
/** The writer of a process that has just started. */
const newWriter = (): CaseWriter =>
  new CaseWriter(
    [],
    undefined,
    new StrategyJudge(new StrategiesInForce(journal), () => 'API'),
    new ActionOrders(unencrypted),
  )
const unencrypted = {
  sealOrder: (_: unknown, raw: string) => Buffer.from(raw),
  openOrder: (_: unknown, sealed: Buffer) => sealed.toString(),
}

beforeEach(async () => {
  notes.length = 0
  await emptyTables(db)
  await db.database.transaction((m) => changeStoreTerms(m, author, STORE, { returnAddressId: '900' }, 0))
})

const aReturn = (options: Partial<Facets> = {}): Partial<Facets> =>
  aRefundRequest({ kind: { kind: 'return-and-refund' }, reason: { text: '质量问题' }, ...options })
const caseCommand = (command: Command, id = ID): CaseCommand => ({ id, org: 1, store: STORE, command, messageId: 5 })
const write = (caseCommands: readonly CaseCommand[], now = NOON, writer = newWriter()) =>
  db.database.transaction((m) => writer.write(m, caseCommands, now))
const armStrategy = async (
  options: { mode?: 'shadow' | 'live'; cap?: number; policy?: string; settings?: unknown } = {},
): Promise<number> => {
  const {
    mode = 'live',
    cap = 1_000_000,
    policy = 'returnReasonIsChosen',
    settings = { reasons: ['quality'], codes: [], matchesAllConfirmed: false },
  } = options
  const { strategy, version } = await db.database.transaction((m) =>
    draftStrategy(m, author, { policy, name: 'test', settings }),
  )
  await db.database.transaction((m) => arm(m, author, { store: STORE, strategy, version, mode, cap, trial: null }))
  return strategy
}
const readEventTypes = async (): Promise<string[]> =>
  (await rowsOf<{ type: string }>(db, 'SELECT type FROM event ORDER BY stream, version')).map(({ type }) => type)
const readBudgets = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT strategy, store, day, spent FROM budget ORDER BY strategy, day')
const readCase = async (): Promise<AfterSaleCase | undefined> =>
  (await rowsOf<{ state: AfterSaleCase }>(db, 'SELECT state FROM stream WHERE id = $1', [ID]))[0]?.state

describe('a strategy in force', () => {
  it('decides in the transaction that writes the case, with all facts it used, and its budget is booked (R162)', async () => {
    const strategy = await armStrategy()
    await write([caseCommand(reported(0, aReturn()))])
    expect(await readEventTypes()).toEqual(['CaseOpened', 'ActionIntended'])
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
    expect(await readBudgets()).toEqual([{ strategy, store: STORE, day: '2026-11-11', spent: 8900 }])
  })

  it('requests an action once, even if the same report is received again by other workers', async () => {
    await armStrategy()
    await write([caseCommand(reported(0, aReturn()))])
    const [first] = (await readCase())?.intents ?? []
    await write([caseCommand(reported(0, aReturn(), 900))])
    await write([caseCommand(reported(0, aReturn(), 1_900))])
    expect((await readCase())?.intents?.map(({ id }) => id)).toEqual([first?.id])
  })

  it('decides nothing more once it is disarmed, even in a process with an outdated cache', async () => {
    const strategy = await armStrategy()
    const writer = newWriter()
    await write([caseCommand(reported(0, aReturn()), caseIdOf(1, STORE, 'another'))], NOON, writer)
    await db.database.transaction((m) => disarm(m, author, strategy))
    await write([caseCommand(reported(0, aReturn()))], NOON, writer)
    expect(await readCase()).not.toHaveProperty('intents')
  })

  it('in shadow records its decision, and no action follows', async () => {
    const strategy = await armStrategy({ mode: 'shadow' })
    await write([caseCommand(reported(0, aReturn()))])
    expect(await readEventTypes()).toEqual(['CaseOpened'])
    expect(await rowsOf(db, 'SELECT stream, strategy, version FROM shadow')).toEqual([
      { stream: ID, strategy, version: 1 },
    ])
    expect(await readBudgets()).toEqual([])
  })

  it('is not in force, and is logged, if this version of the code cannot read its settings', async () => {
    await armStrategy({ settings: { reasons: ['no such class'] } })
    await write([caseCommand(reported(0, aReturn()))])
    expect([await readEventTypes(), notes.length]).toEqual([['CaseOpened'], 1])
  })
})

describe('the budget of a strategy', () => {
  const twoCases = [
    caseCommand(reported(0, aReturn())),
    caseCommand(reported(0, aReturn()), caseIdOf(1, STORE, 'another')),
  ]
  const countDecisions = async (): Promise<number> =>
    (await readEventTypes()).filter((type) => type === 'ActionIntended').length

  it.each([
    ['exactly what two cases cost', 17_800, 2],
    ['a fen less', 17_799, 1],
    ['nothing', 0, 0],
  ])(
    'limits, with a cap of %s a day, how many of two cases are decided; the others wait for people',
    async (_, cap, expected) => {
      await armStrategy({ cap })
      await write(twoCases)
      expect(await countDecisions()).toBe(expected)
    },
  )

  it('counts by the day of the marketplaces, which begins at 16:00 UTC', async () => {
    const strategy = await armStrategy({ cap: 10_000 })
    await db.database.transaction((m) =>
      bookSpendings(m, [{ strategy, store: STORE, day: budgetDayOf(NOON), amount: 9_999 }], new Map([[STORE, 1]])),
    )
    await write([caseCommand(reported(0, aReturn()))], Date.parse('2026-11-11T15:59:59.999Z'))
    expect(await countDecisions()).toBe(0)
    await write(
      [caseCommand(reported(0, aReturn()), caseIdOf(1, STORE, 'another'))],
      Date.parse('2026-11-11T16:00:00Z'),
    )
    expect(await countDecisions()).toBe(1)
  })

  it('gets back the amount of an action that did not happen', async () => {
    const strategy = await armStrategy()
    await write([caseCommand(reported(0, aReturn()))])
    const intent = (await readCase())?.intents?.[0]?.id ?? ''
    await write([caseCommand(answerOf({ type: 'refused', code: '11005' }, { intent }))])
    expect(await readBudgets()).toEqual([{ strategy, store: STORE, day: '2026-11-11', spent: 0 }])
  })

  it('does not get back the amount of an action in doubt', async () => {
    const strategy = await armStrategy()
    await write([caseCommand(reported(0, aReturn()))])
    const intent = (await readCase())?.intents?.[0]?.id ?? ''
    await write([caseCommand(answerOf({ type: 'in-doubt' }, { intent }))])
    expect(await readBudgets()).toEqual([{ strategy, store: STORE, day: '2026-11-11', spent: 8900 }])
  })
})

it('R148: a case is judged again at the time from which on the platform is no longer waited for', async () => {
  await db.database.transaction((m) =>
    changeStoreTerms(m, author, STORE, { returnAddressId: '900', advanceRefund: [{ from: NOON - 48 * HOUR }] }, 1),
  )
  await armStrategy()
  await write([caseCommand(reported(0, aReturn({ status: { status: 'awaiting-merchant-receipt', raw: '11' } })))])
  expect(await rowsOf(db, `SELECT due_at FROM timer WHERE kind = 'JUDGE'`)).toEqual([{ due_at: NOON + 24 * HOUR }])
})
