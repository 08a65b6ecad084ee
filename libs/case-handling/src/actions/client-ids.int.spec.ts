import { randomUUID } from 'node:crypto'
import type { Action } from '#after-sale'
import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import { ActionScenario } from '../../../../test/support/action-scenario'
import type { TestShop } from '../../../../test/support/anywhere-marketplace'
import { registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { NOON, SECOND, aRefundRequest } from '../../../../test/support/cases'
import { resetToFirstFormat } from '../../../../test/support/test-keys'

const db = useTestDatabase()
let shop: TestShop
let scenario: ActionScenario

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  scenario = new ActionScenario(db.database, shop)
})

const storedEffects = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT s.state->>$1 AS n, e.intent FROM effect e JOIN stream s ON s.id = e.stream ORDER BY 1', [
    'caseNumber',
  ])
const remark = (text: string): Action => ({ name: 'add-remark', text })
const TAKEN = { type: 'refused', reason: 'AnotherIntent' }

describe('the id that a client gives to a request (fault A7)', () => {
  it('belongs to one case: a request with it on another case is refused', async () => {
    const [firstCase, secondCase] = [await scenario.report('1'), await scenario.report('2')]
    await scenario.request({ caseId: firstCase, intent: 'a' })
    expect(await scenario.request({ caseId: secondCase, intent: 'a' })).toMatchObject([TAKEN])
    expect(await scenario.intents(secondCase)).toEqual([])
    expect(await storedEffects()).toEqual([{ n: '1', intent: 'a' }])
  })

  it.each<[string, { readonly action?: Action; readonly judged?: number }]>([
    ['another action', { action: { name: 'approve-refund' } }],
    ['another text', { action: remark('乙') }],
    ['a text that looks alike', { action: remark('甲 ') }],
    ['another revision', { judged: NOON }],
  ])('belongs to one request: with %s it is refused', async (_, changes) => {
    const id = await scenario.report('1', aRefundRequest(), SECOND)
    const first = { caseId: id, intent: 'a', action: remark('甲'), judged: NOON + SECOND }
    await scenario.request(first)
    expect(await scenario.request({ ...first, ...changes })).toMatchObject([TAKEN])
    expect(await scenario.request(first)).toMatchObject([{ type: 'decided', repeated: true }])
  })

  it('gets the same answer again, even after the action is over, the case has changed and the warnings are not confirmed', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id, intent: 'a' })
    await scenario.perform(() => Promise.resolve({ type: 'done' }))
    await scenario.report('1', aRefundRequest({ status: { status: 'refunding', raw: '12' } }), 90 * SECOND)
    expect(await scenario.request({ caseId: id, intent: 'a' })).toEqual([
      { type: 'decided', caseId: id, intent: 'a', state: 'confirmed', repeated: true },
    ])
  })

  it('can be used again when nothing was done under it', async () => {
    const [firstCase, secondCase] = [await scenario.report('1'), await scenario.report('2')]
    expect(await scenario.request({ caseId: firstCase, intent: 'a', judged: NOON - 1 })).toMatchObject([
      { type: 'refused' },
    ])
    expect(await scenario.request({ caseId: secondCase, intent: 'a' })).toMatchObject([
      { type: 'decided', repeated: false },
    ])
  })

  it('belongs to the first request with it in a batch', async () => {
    const [firstCase, secondCase] = [await scenario.report('1'), await scenario.report('2')]
    const outcomes = await scenario.request(
      { caseId: firstCase, intent: 'a', action: remark('甲') },
      { caseId: secondCase, intent: 'a', action: remark('甲') },
      { caseId: firstCase, intent: 'a', action: remark('甲') },
      { caseId: firstCase, intent: 'a', action: remark('乙') },
      { caseId: secondCase, intent: 'b', action: remark('乙') },
    )
    expect(outcomes).toMatchObject([
      { type: 'decided', repeated: false },
      TAKEN,
      { type: 'decided', repeated: true },
      TAKEN,
      { type: 'decided', repeated: false },
    ])
    expect(await storedEffects()).toEqual([
      { n: '1', intent: 'a' },
      { n: '2', intent: 'b' },
    ])
  })

  it('is free if only another organisation has used it', async () => {
    const id = await scenario.report('1')
    await db.database.query(
      `INSERT INTO effect (stream, intent, org, store, sealed, judged, due, state) VALUES ($1, 'a', $2, 1, '', 1, 1, 'ended')`,
      [randomUUID(), shop.org + 1],
    )
    expect(await scenario.request({ caseId: id, intent: 'a' })).toMatchObject([{ type: 'decided' }])
  })

  it('is accepted for exactly one case if several processes give it to several cases at once', async () => {
    for (let round = 0; round < 5; round++) {
      const cases = [
        await scenario.report(`${round}-1`),
        await scenario.report(`${round}-2`),
        await scenario.report(`${round}-3`),
      ]
      const outcomes = await Promise.all(
        cases.map((caseId) => new ActionScenario(db.database, shop).request({ caseId, intent: `r-${round}` })),
      )
      expect(outcomes.flat().filter(({ type }) => type === 'decided')).toHaveLength(1)
      expect(
        outcomes.flat().filter((firstCase) => firstCase.type === 'refused' && firstCase.reason === 'AnotherIntent'),
      ).toHaveLength(2)
      expect(await rowsOf(db, 'SELECT stream FROM effect WHERE intent = $1', [`r-${round}`])).toHaveLength(1)
    }
  })

  it('is found in use after a wait for another process that is writing it', async () => {
    const [firstCase, secondCase] = [await scenario.report('1'), await scenario.report('2')]
    const otherProcess = await beginTransaction(db.database, (m) =>
      m.query(
        `INSERT INTO effect (stream, intent, org, store, sealed, judged, due, state) VALUES ($1, 'a', $2, 1, $3, 1, 1, 'ready')`,
        [firstCase, shop.org, shop.sealing.sealOrder({ org: shop.org, stream: firstCase, intent: 'a' }, '{}')],
      ),
    )
    const pendingRequest = scenario.request({ caseId: secondCase, intent: 'a' })
    await untilLockWaits(db.database, 1)
    await otherProcess.commit()
    expect(await pendingRequest).toMatchObject([TAKEN])
    expect(await scenario.intents(secondCase)).toEqual([])
  })

  it('belongs to the requests of both older cases that share it, and to no new request', async () => {
    await resetToFirstFormat(db.database)
    shop.stores.invalidate()
    await shop.stores.current()
    const [firstCase, secondCase, thirdCase] = [
      await scenario.report('1'),
      await scenario.report('2'),
      await scenario.report('3'),
    ]
    await scenario.request({ caseId: firstCase, intent: 'a' }, { caseId: secondCase, intent: 'b' })
    // An earlier version required ids to be unique within a case only; this is what it left behind.
    await db.database.query(`UPDATE effect SET intent = 'a'`)
    await db.database.query(`UPDATE stream SET state = replace(state::text, '"id":"b"', '"id":"a"')::json`)
    await db.database.query(`UPDATE action_id SET intent = 'a', once = false`)
    expect(
      await scenario.request({ caseId: firstCase, intent: 'a' }, { caseId: secondCase, intent: 'a' }),
    ).toMatchObject([
      { type: 'decided', repeated: true },
      { type: 'decided', repeated: true },
    ])
    expect(await scenario.request({ caseId: thirdCase, intent: 'a' })).toMatchObject([TAKEN])
    expect(await scenario.request({ caseId: secondCase, intent: 'a', action: remark('x') })).toMatchObject([TAKEN])
  })
})
