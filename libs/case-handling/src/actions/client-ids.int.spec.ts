import { randomUUID } from 'node:crypto'
import type { Action } from '#after-sale'
import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import { ActionScenario } from '../../../../test/trade/action-scenario'
import type { TestShop } from '../../../../test/trade/anywhere'
import { registerTestShop } from '../../../../test/trade/anywhere'
import { NOON, SECOND, aRefundRequest } from '../../../../test/trade/cases'
import { resetToFirstFormat } from '../../../../test/trade/test-keys'

const db = useTestDatabase()
let shop: TestShop
let scenario: ActionScenario

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  scenario = new ActionScenario(db.database, shop)
})

const effects = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT s.state->>$1 AS n, e.intent FROM effect e JOIN stream s ON s.id = e.stream ORDER BY 1', [
    'caseNumber',
  ])
const remark = (text: string): Action => ({ name: 'add-remark', text })
const TAKEN = { type: 'refused', reason: 'AnotherIntent' }

describe('A7: the id of a client', () => {
  it('belongs to one case: on another one nothing is done under it', async () => {
    const [one, two] = [await scenario.report('1'), await scenario.report('2')]
    await scenario.request({ caseId: one, intent: 'a' })
    expect(await scenario.request({ caseId: two, intent: 'a' })).toMatchObject([TAKEN])
    expect(await scenario.intents(two)).toEqual([])
    expect(await effects()).toEqual([{ n: '1', intent: 'a' }])
  })

  it.each<[string, { readonly action?: Action; readonly judged?: number }]>([
    ['another action', { action: { name: 'approve-refund' } }],
    ['another text', { action: remark('乙') }],
    ['a text that looks alike', { action: remark('甲 ') }],
    ['another revision', { judged: NOON }],
  ])('belongs to one request: %s is another one', async (_, over) => {
    const id = await scenario.report('1', aRefundRequest(), SECOND)
    const first = { caseId: id, intent: 'a', action: remark('甲'), judged: NOON + SECOND }
    await scenario.request(first)
    expect(await scenario.request({ ...first, ...over })).toMatchObject([TAKEN])
    expect(await scenario.request(first)).toMatchObject([{ type: 'decided', repeated: true }])
  })

  it('gets the same answer again: also once the case has changed, the action is over, and the warnings are not confirmed', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id, intent: 'a' })
    await scenario.perform(() => Promise.resolve({ type: 'done' }))
    await scenario.report('1', aRefundRequest({ status: { status: 'refunding', raw: '12' } }), 90 * SECOND)
    expect(await scenario.request({ caseId: id, intent: 'a' })).toEqual([
      { type: 'decided', caseId: id, intent: 'a', state: 'confirmed', repeated: true },
    ])
  })

  it('can be used again when nothing was done under it', async () => {
    const [one, two] = [await scenario.report('1'), await scenario.report('2')]
    expect(await scenario.request({ caseId: one, intent: 'a', judged: NOON - 1 })).toMatchObject([{ type: 'refused' }])
    expect(await scenario.request({ caseId: two, intent: 'a' })).toMatchObject([{ type: 'decided', repeated: false }])
  })

  it('belongs to one request in a batch, too: the first', async () => {
    const [one, two] = [await scenario.report('1'), await scenario.report('2')]
    const outcomes = await scenario.request(
      { caseId: one, intent: 'a', action: remark('甲') },
      { caseId: two, intent: 'a', action: remark('甲') },
      { caseId: one, intent: 'a', action: remark('甲') },
      { caseId: one, intent: 'a', action: remark('乙') },
      { caseId: two, intent: 'b', action: remark('乙') },
    )
    expect(outcomes).toMatchObject([
      { type: 'decided', repeated: false },
      TAKEN,
      { type: 'decided', repeated: true },
      TAKEN,
      { type: 'decided', repeated: false },
    ])
    expect(await effects()).toEqual([
      { n: '1', intent: 'a' },
      { n: '2', intent: 'b' },
    ])
  })

  it('that another organisation has used is free', async () => {
    const id = await scenario.report('1')
    await db.database.query(
      `INSERT INTO effect (stream, intent, org, store, sealed, judged, due, state) VALUES ($1, 'a', $2, 1, '', 1, 1, 'ended')`,
      [randomUUID(), shop.org + 1],
    )
    expect(await scenario.request({ caseId: id, intent: 'a' })).toMatchObject([{ type: 'decided' }])
  })

  it('given to two cases at the same moment, in several processes, is done for exactly one', async () => {
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
      expect(outcomes.flat().filter((one) => one.type === 'refused' && one.reason === 'AnotherIntent')).toHaveLength(2)
      expect(await rowsOf(db, 'SELECT stream FROM effect WHERE intent = $1', [`r-${round}`])).toHaveLength(1)
    }
  })

  it('that another process is writing is waited for, and found in use', async () => {
    const [one, two] = [await scenario.report('1'), await scenario.report('2')]
    const other = await beginTransaction(db.database, (m) =>
      m.query(
        `INSERT INTO effect (stream, intent, org, store, sealed, judged, due, state) VALUES ($1, 'a', $2, 1, $3, 1, 1, 'ready')`,
        [one, shop.org, shop.sealing.sealOrder({ org: shop.org, stream: one, intent: 'a' }, '{}')],
      ),
    )
    const asked = scenario.request({ caseId: two, intent: 'a' })
    await untilLockWaits(db.database, 1)
    await other.commit()
    expect(await asked).toMatchObject([TAKEN])
    expect(await scenario.intents(two)).toEqual([])
  })

  it('that two older cases share belongs to the request of each, and to nothing new', async () => {
    await resetToFirstFormat(db.database)
    shop.stores.invalidate()
    await shop.stores.current()
    const [one, two, three] = [await scenario.report('1'), await scenario.report('2'), await scenario.report('3')]
    await scenario.request({ caseId: one, intent: 'a' }, { caseId: two, intent: 'b' })
    // As the version before has left it: its ids were unique for a case only.
    await db.database.query(`UPDATE effect SET intent = 'a'`)
    await db.database.query(`UPDATE stream SET state = replace(state::text, '"id":"b"', '"id":"a"')::json`)
    await db.database.query(`UPDATE action_id SET intent = 'a', once = false`)
    expect(await scenario.request({ caseId: one, intent: 'a' }, { caseId: two, intent: 'a' })).toMatchObject([
      { type: 'decided', repeated: true },
      { type: 'decided', repeated: true },
    ])
    expect(await scenario.request({ caseId: three, intent: 'a' })).toMatchObject([TAKEN])
    expect(await scenario.request({ caseId: two, intent: 'a', action: remark('x') })).toMatchObject([TAKEN])
  })
})
