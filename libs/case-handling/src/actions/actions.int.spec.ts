import type { ActionOrder, ActionOutcome } from '#connectors'
import type { TestShop } from '../../../../test/support/anywhere-marketplace'
import { NOON, registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { ActionScenario } from '../../../../test/support/action-scenario'
import { aRefundRequest } from '../../../../test/support/cases'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { LEASE_MS } from '../performing/held-claim'

const db = useTestDatabase()
const SECOND = 1_000
let shop: TestShop
let scenario: ActionScenario

beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  scenario = new ActionScenario(db.database, shop)
})

const storedEffects = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT intent, state, ended_as AS end, attempts FROM effect ORDER BY due, intent')
const requestedReads = (): Promise<unknown[]> => rowsOf(db, 'SELECT case_number AS n, why FROM reading ORDER BY 1')
const answerDone = (): Promise<ActionOutcome> => Promise.resolve({ type: 'done' })
/** Every claim has expired. */
const expireClaims = (): Promise<unknown> =>
  db.database.query('UPDATE effect SET lease_until = 1 WHERE state = $1', ['sent'])
/** Every delayed effect is due. */
const endWaits = (): Promise<unknown> => db.database.query('UPDATE effect SET not_before = 0')

describe('an action that a person decides', () => {
  it('is carried out once, with its texts, and confirmed when the marketplace shows it', async () => {
    const id = await scenario.report('1')
    expect(await scenario.request({ caseId: id, action: { name: 'approve-refund', note: '张三，已退款' } })).toEqual([
      { type: 'decided', caseId: id, intent: 'i-1', state: 'intended', repeated: false },
    ])
    const orders: ActionOrder[] = []
    expect(await scenario.perform(async (order) => (orders.push(order), answerDone()))).toBe(1)
    const claim = { effect: `${id}/i-1`, token: 1, case: id }
    expect(orders).toEqual([
      {
        action: { name: 'approve-refund', note: '张三，已退款' },
        caseNumber: '1',
        revision: NOON,
        kind: 'refund-only',
        variant: 'shipped',
        status: '6',
        claim,
      },
    ])
    expect(await storedEffects()).toEqual([{ intent: 'i-1', state: 'ended', end: 'done', attempts: 1 }])
    expect(await requestedReads()).toEqual([{ n: '1', why: 'settle' }])
    expect(await scenario.intents(id)).toMatchObject([{ state: 'answered' }])
    await scenario.report(
      '1',
      aRefundRequest({ status: { status: 'refunding', raw: '12' }, money: { stage: 'refunding' } }),
      90 * SECOND,
    )
    expect(await scenario.intents(id)).toMatchObject([{ state: 'confirmed' }])
    expect(await scenario.perform(answerDone)).toBe(0)
  })

  it('has its texts stored nowhere but in the sealed order', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id, action: { name: 'approve-refund', note: '张三，已退款' } })
    const rows = await rowsOf(
      db,
      `SELECT body::text AS t FROM event UNION ALL SELECT state::text FROM stream UNION ALL SELECT encode(sealed, 'escape') FROM effect`,
    )
    expect(JSON.stringify(rows)).not.toContain('张三')
  })

  it('is carried out once when it is clicked twice; the second click gets the same answer', async () => {
    const id = await scenario.report('1')
    const [[first], [second]] = [await scenario.request({ caseId: id }), await scenario.request({ caseId: id })]
    expect([first, second]).toMatchObject([
      { type: 'decided', repeated: false },
      { type: 'decided', repeated: true },
    ])
    expect(await storedEffects()).toHaveLength(1)
  })

  it('is carried out once when it is clicked twice at the same moment, in two processes', async () => {
    const id = await scenario.report('1')
    const peer = new ActionScenario(db.database, shop)
    const outcomes = await Promise.all([scenario, peer, scenario, peer].map((one) => one.request({ caseId: id })))
    expect(outcomes.flat().filter((one) => one.type === 'decided' && !one.repeated)).toHaveLength(1)
    expect(await storedEffects()).toHaveLength(1)
  })

  it('R170: a batch has an outcome for each, in the order of the request', async () => {
    const undecided = await scenario.report('1')
    const refunding = await scenario.report('2', aRefundRequest({ money: { stage: 'refunding' } }))
    const outcomes = await scenario.request(
      { caseId: undecided, intent: 'a' },
      { caseId: refunding, intent: 'b' },
      { caseId: undecided, intent: 'c', action: { name: 'turn-into-refund' } },
      { caseId: '00000000-0000-8000-a000-000000000000', intent: 'd' },
      { caseId: undecided, intent: 'a', action: { name: 'add-remark', text: 'x' } },
    )
    expect(outcomes).toMatchObject([
      { type: 'decided', intent: 'a' },
      { type: 'refused', intent: 'b', reason: 'AlreadyDecided' },
      { type: 'refused', intent: 'c', reason: 'NotForThisKind' },
      { type: 'refused', intent: 'd', reason: 'NoSuchCase' },
      { type: 'refused', intent: 'a', reason: 'AnotherIntent' },
    ])
    expect(await storedEffects()).toEqual([{ intent: 'a', state: 'ready', end: null, attempts: 0 }])
  })

  it('is answered as for an unknown case when the case belongs to another organisation', async () => {
    const id = await scenario.report('1')
    await db.database.query('UPDATE stream SET org = org + 1')
    expect(await scenario.request({ caseId: id })).toMatchObject([{ type: 'refused', reason: 'NoSuchCase' }])
  })

  it('is recorded together with the order to carry it out, or not at all', async () => {
    const id = await scenario.report('1')
    await db.database.query('ALTER TABLE effect ADD CONSTRAINT nothing_more CHECK (false) NOT VALID')
    try {
      expect(await scenario.request({ caseId: id })).toMatchObject([{ type: 'refused', reason: 'CouldNotBeWritten' }])
    } finally {
      await db.database.query('ALTER TABLE effect DROP CONSTRAINT nothing_more')
    }
    expect(await scenario.intents(id)).toEqual([])
    expect(await storedEffects()).toEqual([])
  })

  it('waits for a person and is claimed by no worker when it is done by hand', async () => {
    scenario.way = 'ASSISTED'
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    expect(await scenario.perform(answerDone)).toBe(0)
    expect(await scenario.resolve(id, 'attested')).toMatchObject({ type: 'decided', state: 'attested' })
    expect(await requestedReads()).toEqual([{ n: '1', why: 'settle' }])
  })

  it('can be withdrawn before it is sent, and never after', async () => {
    const [early, late] = [await scenario.report('1'), await scenario.report('2')]
    await scenario.request({ caseId: early })
    expect(await scenario.resolve(early, 'withdrawn')).toMatchObject({ type: 'decided', state: 'withdrawn' })
    await scenario.request({ caseId: late, intent: 'i-2' })
    const outcomes: unknown[] = []
    await scenario.perform(async () => {
      outcomes.push(await scenario.resolve(late, 'withdrawn', 'i-2'))
      return answerDone()
    })
    expect(outcomes).toMatchObject([{ type: 'refused', reason: 'NotAwaitingAttestation' }])
    expect(await scenario.intents(late)).toMatchObject([{ state: 'answered' }])
  })
})

describe('a worker that was stopped and continues (robustness F17)', () => {
  it('does not send after its claim has expired, however long it waited', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    let sent = 0
    const monotonicTime = jest.spyOn(performance, 'now')
    const began = performance.now()
    const admit = (): Promise<void> => Promise.resolve(void monotonicTime.mockReturnValue(began + LEASE_MS))
    const late = { ...scenario.world(), rateLimiter: { admit, hold: () => undefined } }
    await scenario.perform(async () => (sent++, answerDone()), late, 1).finally(() => monotonicTime.mockRestore())
    expect(sent).toBe(0)
    // Nothing was sent, so it may still be done. If another worker had found the expired claim first, it would be in doubt.
    expect(await storedEffects()).toEqual([{ intent: 'i-1', state: 'ready', end: null, attempts: 1 }])
  })

  it('writes nothing after another worker has replaced it: the action stays in doubt until the marketplace shows the result', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    let sent = 0
    await scenario.perform(async () => {
      sent++
      await expireClaims()
      expect(await scenario.perform(async () => (sent++, answerDone()))).toBe(1)
      return answerDone()
    })
    expect(sent).toBe(1)
    expect(await storedEffects()).toEqual([{ intent: 'i-1', state: 'ended', end: 'in-doubt', attempts: 1 }])
    expect(await scenario.intents(id)).toMatchObject([{ state: 'in-doubt', since: scenario.now + LEASE_MS }])
    expect(await scenario.perform(async () => (sent++, answerDone()))).toBe(0)
    expect(sent).toBe(1)
  })
})

describe('an action that the marketplace has answered (robustness F18)', () => {
  it.each<[string, ActionOutcome, string, string]>([
    ['is in doubt when its answer is missing', { type: 'unknown', why: 'cut' }, 'in-doubt', 'in-doubt'],
    ['is refused by the marketplace', { type: 'refused', code: '11005', text: 'no' }, 'refused', 'refused'],
    ['is stale when the case has changed', { type: 'stale', code: '20309541' }, 'stale', 'stale'],
  ])('%s, and is not sent again', async (_, performed, state, end) => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    await scenario.perform(() => Promise.resolve(performed))
    await endWaits()
    expect(await scenario.perform(answerDone)).toBe(0)
    expect(await storedEffects()).toEqual([{ intent: 'i-1', state: 'ended', end, attempts: 1 }])
    expect(await scenario.intents(id)).toMatchObject([{ state }])
  })

  it('is retried while it is certain that nothing was done, and is finally shown to a person', async () => {
    const id = await scenario.report('1')
    await scenario.request({ caseId: id })
    let calls = 0
    for (let i = 0; i < 60; i++) {
      await scenario.perform(() => Promise.resolve({ type: 'try-later', afterMs: 1, why: `busy ${++calls}` }))
      await endWaits()
    }
    expect(calls).toBe(40)
    expect(await scenario.intents(id)).toMatchObject([{ state: 'refused', code: 'ours:could-not-be-sent' }])
  })
})

it('a case that has changed since it was judged is not acted upon, even if the marketplace would not notice', async () => {
  const id = await scenario.report('1')
  await scenario.request({ caseId: id })
  await scenario.report('1', aRefundRequest({ amounts: { total: 99_900, legs: {} } }), 70 * SECOND)
  let sent = 0
  await scenario.perform(async () => (sent++, answerDone()))
  expect(sent).toBe(0)
  expect(await scenario.intents(id)).toMatchObject([{ state: 'stale', code: 'ours:case-has-changed' }])
})

it('the action with the nearest deadline is sent first (robustness F19)', async () => {
  const due = (hours: number) => aRefundRequest({ deadline: { due: NOON + hours * 3_600_000, forRaw: '6' } })
  for (const [n, hours] of [
    ['1', 30],
    ['2', 2],
    ['3', 12],
  ] as const)
    await scenario.request({ caseId: await scenario.report(n, due(hours)), intent: n })
  const order: string[] = []
  for (let i = 0; i < 3; i++)
    await scenario.perform(async ({ caseNumber }) => (order.push(caseNumber), answerDone()), undefined, 1)
  expect(order).toEqual(['2', '3', '1'])
})

it('two workers share the open actions, each of which is sent once', async () => {
  for (let i = 0; i < 40; i++) await scenario.request({ caseId: await scenario.report(String(i)), intent: String(i) })
  const sent: string[] = []
  const peer = new ActionScenario(db.database, shop)
  await Promise.all(
    [scenario, peer, scenario].map((one) =>
      one.perform(async ({ caseNumber }) => (sent.push(caseNumber), answerDone()), undefined, 50),
    ),
  )
  expect([...sent].sort()).toEqual(Array.from({ length: 40 }, (_, i) => String(i)).sort())
})
