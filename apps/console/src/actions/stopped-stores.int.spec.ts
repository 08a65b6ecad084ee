import { randomUUID } from 'node:crypto'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

describe('actions at a store that people have paused or removed', () => {
  let stack: Stack
  let stopped: string
  let open: string
  beforeEach(async () => {
    stack = await openStack()
    stopped = await stack.recordReport(stack.ours.stores[1], '7001', waiting(NOON + HOUR, 8900))
    open = await stack.recordReport(stack.ours.stores[0], '1001', waiting(NOON + HOUR, 5000))
  })
  afterEach(() => stack.close())

  const stop = async (column: 'paused_at' | 'removed_at'): Promise<void> => {
    await stack.database.query(`UPDATE store SET ${column} = 1 WHERE id = $1`, [stack.ours.stores[1].id])
    stack.forgetStores()
  }
  const approve = (intent: string) =>
    stack.operator.act(stopped, { action: { name: 'approve-refund', note: '张三' } }, { intent })

  it.each([
    ['paused_at', 'store-paused'],
    ['removed_at', 'store-removed'],
  ] as const)('are refused where they are new (%s)', async (column, code) => {
    await stop(column)
    expect(await approve(randomUUID())).toMatchObject({ status: 409, body: { code } })
    expect(await stack.database.query('SELECT 1 FROM effect')).toEqual([])
  })

  it('are answered as before where they were accepted before', async () => {
    const intent = randomUUID()
    const first = await approve(intent)
    expect(first.status).toBe(201)
    await stop('paused_at')
    expect(await approve(intent)).toEqual({ ...first, status: 200 })
    expect(await stack.operator.act(stopped, { action: { name: 'add-remark', text: 'x' } }, { intent })).toMatchObject({
      status: 409,
      body: { reason: 'AnotherIntent' },
    })
  })

  it('are refused each for itself in a batch: the others are done, in the order of the requests', async () => {
    await stop('paused_at')
    const { revision } = (await stack.get(`/api/cases/${open}`)).body as { revision: string }
    const action = { name: 'add-remark', text: 'x' }
    const [first, second] = [randomUUID(), randomUUID()]
    const { status, body } = await stack.operator.post('/api/actions/batch', {
      items: [
        { caseId: stopped, intent: first, action, judged: revision },
        { caseId: open, intent: second, action, judged: revision },
      ],
    })
    expect(status).toBe(200)
    expect(body['items']).toMatchObject([
      { caseId: stopped, intent: first, outcome: 'refused', reason: 'StorePaused' },
      { caseId: open, intent: second, outcome: 'decided' },
    ])
  })

  it('say nothing of a store that the person may not see', async () => {
    await stop('paused_at')
    const limited = { login: 'limited', role: 'after-sale-agent', stores: [stack.ours.stores[0].id] } as const
    const { status } = await stack.operator.act(
      stopped,
      { action: { name: 'add-remark', text: 'x' } },
      { operator: limited },
    )
    expect(status).toBe(404)
  })
})
