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

const aCase = (total = 1_000, store = stack.ours.stores[1]): Promise<string> =>
  stack.recordReport(store, `R${++number}`, waiting(NOON + HOUR, total))
const freeze = (caseIds: readonly string[], action: object, options?: RequestOptions): Promise<Response> =>
  stack.operator.post('/api/batches', { action, caseIds }, options)
const start = ({ body }: Response, options?: RequestOptions): Promise<Response> =>
  stack.operator.post(
    `/api/batches/${String(body['id'])}/start`,
    { cases: body['toSend'], totalFen: body['totalFen'], warnings: [] },
    options,
  )
const reasonsOf = ({ body }: Response): unknown[] =>
  (body['outcomes'] as { outcome: string; reason: string | null; cases: number }[]).map(
    ({ outcome, reason, cases }) => [outcome, reason, cases],
  )
const changeMember = (login: string, change: string): Promise<unknown> =>
  stack.database.query(`UPDATE membership SET ${change} WHERE person IN (SELECT id FROM person WHERE login = $1)`, [
    login,
  ])
const outcomes = async ({ body }: Response): Promise<unknown[]> =>
  reasonsOf(await stack.operator.get(`/api/batches/${String(body['id'])}`))
const effectsOf = async (ids: readonly string[]): Promise<number> =>
  (await stack.database.query<unknown[]>('SELECT 1 FROM effect WHERE stream = ANY ($1::uuid[])', [ids])).length
const REFUND = { name: 'approve-refund' }
const REMARK = { name: 'add-remark', text: '已联系买家' }

describe('who may do what with a batch', () => {
  it('money and other actions need their own permissions, case by case', async () => {
    const finance = { operator: { login: 'fin', role: 'finance' } } as const
    const id = await aCase()
    expect(reasonsOf(await freeze([id], REMARK, finance))).toEqual([['refused-by-us', 'NotPermitted', 1]])
    expect(reasonsOf(await freeze([id], REFUND, finance))).toEqual([['waiting', null, 1]])
    const warehouse = { operator: { login: 'ware', role: 'warehouse' } } as const
    expect((await freeze([id], REMARK, warehouse)).status).toBe(403)
  })

  it('cases of other stores are missing, also where the right is lost after the preview', async () => {
    const [here, elsewhere] = stack.ours.stores
    const agent = { operator: { login: 'anna', role: 'after-sale-agent', stores: [here.id] } } as const
    const ids = [await aCase(1_000, here), await aCase(1_000, elsewhere)]
    const frozen = await freeze(ids, REMARK, agent)
    expect(frozen.body).toMatchObject({ cases: 1, missing: 1, toSend: 1 })
    await stack.database.query('UPDATE membership SET stores = $1 WHERE stores = $2', [[elsewhere.id], [here.id]])
    expect((await start(frozen, agent)).status).toBe(200)
    await worker.untilDone()
    expect(await stack.database.query('SELECT 1 FROM effect WHERE stream = ANY ($1::uuid[])', [ids])).toEqual([])
  })

  it('what was not requested yet is refused once its person is disabled, and says so', async () => {
    const agent = { operator: { login: 'dora', role: 'after-sale-agent' } } as const
    const ids = [await aCase(), await aCase()]
    const frozen = await freeze(ids, REMARK, agent)
    await start(frozen, agent)
    const slow = await BatchWorker.open(stack.database, 1)
    await slow.step()
    await changeMember('dora', 'disabled_at = 1')
    await slow.untilDone()
    const { body } = await stack.operator.get(`/api/batches/${String(frozen.body['id'])}`)
    expect(body).toMatchObject({
      state: 'ended',
      outcomes: [
        { outcome: 'accepted', cases: 1 },
        { outcome: 'refused-by-us', reason: 'AuthorInactive', cases: 1 },
      ],
    })
    expect((body['outcomes'] as { reasonText: { en: string } | null }[])[1]?.reasonText?.en).toContain('disabled')
    expect(await effectsOf(ids)).toBe(1)
  })

  it('and where its person has another role, or fewer stores', async () => {
    const [here, elsewhere] = stack.ours.stores
    const agent = { operator: { login: 'emil', role: 'after-sale-agent' } } as const
    const [remarks, refunds] = [[await aCase(1, here), await aCase(1, elsewhere)], [await aCase(1, here)]]
    const [first, second] = [await freeze(remarks, REMARK, agent), await freeze(refunds, REFUND, agent)]
    await start(first, agent)
    await start(second, agent)
    await changeMember('emil', `stores = '{${here.id}}'`)
    await (await BatchWorker.open(stack.database, 2)).step()
    await changeMember('emil', `role = 'warehouse'`)
    await worker.untilDone()
    expect(await Promise.all([first, second].map(outcomes))).toEqual([
      [
        ['by-hand', null, 1],
        ['refused-by-us', 'NotPermitted', 1],
      ],
      [['refused-by-us', 'NotPermitted', 1]],
    ])
    expect(await effectsOf([...remarks, ...refunds])).toBe(1)
  })

  it('a batch is its person’s own: others see none, owners and auditors see it, and only that person starts it', async () => {
    const agent = { operator: { login: 'bert', role: 'after-sale-agent' } } as const
    const colleague = { operator: { login: 'carl', role: 'after-sale-agent' } } as const
    const auditor = { operator: { login: 'vera', role: 'auditor' } } as const
    const frozen = await freeze([await aCase()], REMARK, agent)
    const url = `/api/batches/${String(frozen.body['id'])}`
    const listed = async (options: RequestOptions): Promise<boolean> =>
      ((await stack.operator.get('/api/batches?limit=200', options)).body['items'] as { id: string }[]).some(
        ({ id }) => id === frozen.body['id'],
      )
    expect(await Promise.all([agent, colleague, auditor, {}].map(listed))).toEqual([true, false, true, true])
    expect((await stack.operator.get(url, colleague)).status).toBe(404)
    expect((await stack.operator.get(`${url}/items`, colleague)).status).toBe(404)
    expect((await stack.operator.get(url, auditor)).body).toMatchObject({ own: false, canRecall: false })
    expect([(await start(frozen)).status, (await start(frozen, colleague)).status]).toEqual([404, 404])
    expect((await stack.operator.post(`${url}/recall`, {}, colleague)).status).toBe(404)
    expect((await stack.operator.post(`${url}/retry`, {}, colleague)).status).toBe(404)
    expect(await stack.operator.post(`${url}/recall`, {})).toMatchObject({ status: 200, body: { state: 'ended' } })
    expect((await start(frozen, agent)).body).toMatchObject({ state: 'ended', startedAt: null })
    await worker.untilDone()
    expect((await stack.operator.get(url)).body['outcomes']).toMatchObject([{ outcome: 'recalled', cases: 1 }])
  })

  it('another organisation sees nothing of it', async () => {
    const frozen = await freeze([await aCase()], REMARK)
    const cookie = await stack.neighbour.headers()
    const ask = (url: string, method: 'GET' | 'POST') =>
      stack.app.inject({
        method,
        url,
        headers: { host: 'localhost', ...cookie },
        ...(method === 'POST' && { payload: {} }),
      })
    const url = `/api/batches/${String(frozen.body['id'])}`
    expect((await ask(url, 'GET')).statusCode).toBe(404)
    expect((await ask(`${url}/recall`, 'POST')).statusCode).toBe(404)
  })

  it('the sum counts for the limit above which a proof is needed, not each case', async () => {
    const late = { operator: { login: 'late', role: 'owner' } } as const
    const ids = [await aCase(30_000), await aCase(30_000)]
    const frozen = await freeze(ids, REFUND, late)
    expect(frozen.body['needsProof']).toBe(true)
    await stack.database.query(
      `UPDATE session SET reauthenticated_at = 0 WHERE person IN (SELECT id FROM person WHERE login = 'late')`,
    )
    expect((await start(frozen, late)).body['code']).toBe('reauthentication-required')
    const small = await freeze([ids[0] ?? ''], REFUND, late)
    expect([small.body['needsProof'], (await start(small, late)).status]).toEqual([false, 200])
  })

  it('a paused store’s cases are refused, at the preview, at the start and in between', async () => {
    const [, store] = stack.ours.stores
    const [one, two] = [await freeze([await aCase()], REMARK), await freeze([await aCase()], REMARK)]
    await start(two)
    await stack.database.query('UPDATE store SET paused_at = $1 WHERE id = $2', [NOON, store.id])
    stack.forgetStores()
    try {
      expect(reasonsOf(await freeze([await aCase()], REMARK))).toEqual([['refused-by-us', 'StorePaused', 1]])
      await start(one)
      await (await BatchWorker.open(stack.database)).untilDone()
      for (const { body } of [one, two])
        expect(reasonsOf(await stack.operator.get(`/api/batches/${String(body['id'])}`))).toEqual([
          ['refused-by-us', 'StorePaused', 1],
        ])
    } finally {
      await stack.database.query('UPDATE store SET paused_at = NULL')
      stack.forgetStores()
    }
  })
})
