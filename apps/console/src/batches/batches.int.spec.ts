import { randomUUID } from 'node:crypto'
import { BatchWorker } from '../../test/batch-worker'
import type { RequestOptions, Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

let stack: Stack
let worker: BatchWorker
let number = 0
beforeAll(async () => {
  stack = await openStack()
  worker = await BatchWorker.open(stack.database)
})
afterAll(() => stack.close())

const REFUND = { name: 'approve-refund' }
const REMARK = { name: 'add-remark', text: '已联系买家' }
const aCase = (total = 1_000, store = stack.ours.stores[1], facets = {}): Promise<string> =>
  stack.recordReport(store, `B${++number}`, { ...waiting(NOON + HOUR, total), ...facets })
const freeze = (caseIds: readonly string[], action: object = REFUND, options?: RequestOptions): Promise<Response> =>
  stack.operator.post('/api/batches', { action, caseIds }, options)
const confirmedBy = ({ body }: Response): object => ({
  cases: body['toSend'],
  totalFen: body['totalFen'],
  warnings: (body['warnings'] as { warning: string }[]).map(({ warning }) => warning),
})
const start = (frozen: Response, options?: RequestOptions): Promise<Response> =>
  stack.operator.post(`/api/batches/${String(frozen.body['id'])}/start`, confirmedBy(frozen), options)
const outcomesOf = async (frozen: Response): Promise<unknown[]> => {
  const { body } = await stack.operator.get(`/api/batches/${String(frozen.body['id'])}/items?limit=200`)
  return (body['items'] as { outcome: string; reason: string | null }[]).map(({ outcome, reason }) =>
    reason === null ? outcome : `${outcome}: ${reason}`,
  )
}
const intentsOf = async (id: string): Promise<number> =>
  ((await stack.operator.get(`/api/cases/${id}`)).body['actions'] as unknown[]).length

describe('the preview of a batch', () => {
  it('has count, money, what is refused and why, and what is missing; nothing is sent', async () => {
    const theirs = await stack.recordReport(stack.theirs.store, 'T1', waiting(NOON + HOUR, 7_000))
    const [one, two] = [await aCase(1_000), await aCase(2_500)]
    const returned = await aCase(900, stack.ours.stores[1], { kind: { kind: 'exchange' } })
    const { status, body } = await freeze([two, theirs, one, returned, randomUUID()])
    expect([status, body]).toMatchObject([
      201,
      {
        ...{ state: 'frozen', action: 'approve-refund', own: true, cases: 3, missing: 2, toSend: 2, totalFen: 3_500 },
        outcomes: [
          { outcome: 'waiting', reason: null, cases: 2, totalFen: 3_500 },
          {
            outcome: 'refused-by-us',
            reason: 'NotForThisKind',
            reasonText: { en: expect.any(String) as string },
            cases: 1,
          },
        ],
      },
    ])
    const { items } = (await stack.operator.get(`/api/batches/${String(body['id'])}/items`)).body
    expect((items as { caseId: string }[]).map(({ caseId }) => caseId)).toEqual([two, one, returned])
    await worker.untilDone()
    expect(await stack.database.query('SELECT 1 FROM effect')).toEqual([])
  })

  it('takes all cases that a filter of the queue matches, and no others', async () => {
    const [first] = stack.ours.stores
    const ids = [await aCase(61_000, first), await aCase(62_000, first)]
    await aCase(59_000, first)
    const filter = { turn: 'us', riskFrom: 60_000, store: String(first.id) }
    const { body } = await stack.operator.post('/api/batches', { action: REMARK, filter })
    expect(body).toMatchObject({ cases: 2, toSend: 2, totalFen: 0 })
    const { items } = (await stack.operator.get(`/api/batches/${String(body['id'])}/items`)).body
    expect((items as { caseId: string }[]).map(({ caseId }) => caseId).sort()).toEqual([...ids].sort())
    const nothing = { action: REMARK, filter: { riskFrom: 99_000_000 } }
    expect(await stack.operator.post('/api/batches', nothing)).toMatchObject({
      status: 409,
      body: { code: 'batch-empty' },
    })
  })

  it('says before what can be done with the selection, and with how many of its cases', async () => {
    const caseIds = [await aCase(1_000), await aCase(900, stack.ours.stores[1], { kind: { kind: 'exchange' } })]
    const { status, body } = await stack.operator.post('/api/batches/options', { caseIds })
    expect([status, body]).toMatchObject([200, { cases: 2 }])
    const actions = body['actions'] as { name: string; cases: number }[]
    expect(actions).toEqual(
      expect.arrayContaining([
        { name: 'approve-refund', cases: 1 },
        { name: 'add-remark', cases: 2 },
      ]),
    )
    expect(actions.map(({ name }) => name)).not.toContain('appeal')
    const finance = { operator: { login: 'fin', role: 'finance' } } as const
    const offered = (await stack.operator.post('/api/batches/options', { caseIds }, finance)).body['actions']
    expect(JSON.stringify(offered)).not.toContain('add-remark')
  })

  it('is refused for both a set and a filter, for neither, and for what belongs to one case', async () => {
    const id = await aCase()
    const wrong = async (body: object): Promise<unknown> => {
      const answer = await stack.operator.post('/api/batches', body)
      return [answer.status, (answer.body['errors'] as { pointer: string }[])[0]?.pointer]
    }
    expect(await wrong({ action: REMARK })).toEqual([400, '#/caseIds'])
    expect(await wrong({ action: REMARK, caseIds: [id], filter: {} })).toEqual([400, '#/caseIds'])
    expect(await wrong({ action: REMARK, caseIds: [id, id] })).toEqual([400, '#/caseIds'])
    expect(
      await wrong({
        action: { name: 'ship-exchange', shipment: { carrier: 'SF', tracking: 'SF1000' } },
        caseIds: [id],
      }),
    ).toEqual([400, '#/action/name'])
    const reject = { name: 'reject', reasonCode: '1', reason: '原因', explanation: '说明' }
    const evidence = [{ hash: 'a'.repeat(64), kind: 'image' }]
    expect(await wrong({ action: { ...reject, evidence }, caseIds: [id] })).toEqual([400, '#/action/evidence'])
  })

  it('takes 5,000 ids, and no more', async () => {
    const ids = Array.from({ length: 5_000 }, () => randomUUID())
    expect((await freeze(ids, REMARK)).body['code']).toBe('batch-empty')
    expect((await freeze([...ids, randomUUID()], REMARK)).status).toBe(400)
  })
})

describe('a batch that is started', () => {
  it('is carried out once, however often and from wherever it is started', async () => {
    const ids = [await aCase(), await aCase()]
    const frozen = await freeze(ids)
    const answers = await Promise.all([start(frozen), start(frozen), start(frozen)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await Promise.all([worker.untilDone(), (await BatchWorker.open(stack.database)).untilDone()])
    expect([await start(frozen), await outcomesOf(frozen)]).toMatchObject([
      { status: 200, body: { state: 'ended', toSend: 0 } },
      ['accepted', 'accepted'],
    ])
    expect(await Promise.all(ids.map(intentsOf))).toEqual([1, 1])
  })

  it('refuses a case that changed after the preview, and sends the others', async () => {
    const ids = [await aCase(), await aCase()]
    const changed = `B${number}`
    const frozen = await freeze(ids)
    await stack.recordReport(stack.ours.stores[1], changed, waiting(NOON + HOUR, 999_900))
    await start(frozen)
    await worker.untilDone()
    expect(await outcomesOf(frozen)).toEqual(['accepted', 'refused-by-us: JudgedOldRevision'])
    expect(await Promise.all(ids.map(intentsOf))).toEqual([1, 0])
  })

  it('is refused where something else was confirmed than what is frozen, or too late', async () => {
    const frozen = await freeze([await aCase()])
    const url = `/api/batches/${String(frozen.body['id'])}/start`
    const confirmed = { cases: 1, totalFen: 1_000, warnings: [] }
    for (const other of [{ cases: 2 }, { totalFen: 999 }, { warnings: ['MayEscalate'] }]) {
      const answer = await stack.operator.post(url, { ...confirmed, ...other })
      expect([400, 409]).toContain(answer.status)
    }
    expect((await stack.operator.post(url, { ...confirmed, cases: 2 })).body['code']).toBe('batch-differs')
    stack.now = NOON + 600_001
    expect((await stack.operator.post(url, confirmed)).body['code']).toBe('batch-expired')
    expect((await stack.operator.get(`/api/batches/${String(frozen.body['id'])}`)).body).toMatchObject({
      state: 'expired',
    })
    stack.now = NOON
    const none = await freeze([await aCase(1, stack.ours.stores[1], { kind: { kind: 'repair' } })])
    expect(await stack.operator.post(`/api/batches/${String(none.body['id'])}/start`, confirmed)).toMatchObject({
      status: 409,
      body: { code: 'batch-nothing-to-send' },
    })
  })

  it('confirms the warnings that were shown for each case, and no others', async () => {
    const proposal = { name: 'propose-amount', amount: 300, text: '建议退3元' }
    const ids = [await aCase(), await aCase()]
    const frozen = await freeze(ids, proposal)
    expect((frozen.body['warnings'] as unknown[]).length).toBeGreaterThan(0)
    const url = `/api/batches/${String(frozen.body['id'])}/start`
    const unread = await stack.operator.post(url, { ...confirmedBy(frozen), warnings: [] })
    expect(unread.body['code']).toBe('batch-differs')
    // As if there had been none for the second case when it was frozen.
    await stack.database.query(`UPDATE action_batch_item SET warnings = '' WHERE batch = $1 AND n = 2`, [
      frozen.body['id'],
    ])
    await start(frozen)
    await worker.untilDone()
    expect((await outcomesOf(frozen))[1]).toBe('refused-by-us: MustBeConfirmed')
    expect(await Promise.all(ids.map(intentsOf))).toEqual([1, 0])
  })

  it('leaves one entry in the audit, and one for each action of its person', async () => {
    const ids = [await aCase(), await aCase()]
    const frozen = await freeze(ids, REMARK)
    await Promise.all([start(frozen), start(frozen)])
    await worker.untilDone()
    expect((await start(frozen)).status).toBe(200)
    const entries = await stack.database.query<{ actor: string; action: string; subject: string }[]>(
      `SELECT actor, action, subject, details FROM audit_entry WHERE details::text LIKE '%' || $1 || '%' OR subject = 'batch:' || $1 ORDER BY n`,
      [frozen.body['id']],
    )
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
      ['batch.frozen', `batch:${String(frozen.body['id'])}`],
      ['batch.started', `batch:${String(frozen.body['id'])}`],
      ...ids.map((id) => ['case.acted', `case:${id}`]),
    ])
    expect(new Set(entries.map(({ actor }) => actor)).size).toBe(1)
    expect(JSON.stringify(entries)).not.toContain(REMARK.text)
  })

  it('leaves an entry of a start that came after it was called back', async () => {
    const frozen = await freeze([await aCase()], REMARK)
    const id = String(frozen.body['id'])
    expect((await stack.operator.post(`/api/batches/${id}/recall`, {})).status).toBe(200)
    expect((await start(frozen)).status).toBe(200)
    const entries = await stack.database.query<{ outcome: string }[]>(
      `SELECT details::jsonb->>'outcome' AS outcome FROM audit_entry WHERE subject = 'batch:' || $1 AND action = 'batch.started'`,
      [id],
    )
    expect(entries).toEqual([{ outcome: 'unchanged' }])
  })
})
