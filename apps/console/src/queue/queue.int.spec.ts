import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

describe('the queue API', () => {
  let stack: Stack
  const ids: string[] = []
  beforeAll(async () => {
    stack = await openStack()
    const [first, second] = stack.ours.stores
    for (let n = 0; n < 5; n++)
      ids.push(
        await stack.recordReport(
          first,
          `F${n}`,
          {
            ...waiting(NOON + (n - 1) * HOUR, (n + 1) * 100),
            order: { orderNumber: `O${n % 2}`, lines: [{ lineId: '1', title: '手机壳', quantity: 1 }] },
            buyer: stack.seal('王小明', `1380000${1000 + n}`),
          },
          { appliedAt: NOON - n * HOUR },
        ),
      )
    ids.push(
      await stack.recordReport(
        second,
        'S1',
        { status: { status: 'succeeded', outcome: 'refunded', raw: 'S' }, buyer: stack.seal('李雷', '13900005678') },
        { appliedAt: NOON },
      ),
    )
    await stack.recordReport(
      stack.theirs.store,
      'T1',
      { ...waiting(NOON, 9), order: { orderNumber: 'O0', lines: [] } },
      { appliedAt: NOON },
    )
  })
  afterAll(() => stack.close())

  const casesAt = async (url: string): Promise<string[]> => {
    const { status, body } = await stack.get(url)
    expect(status).toBe(200)
    return (body as { items: { caseNumber: string }[] }).items.map((row) => row.caseNumber)
  }

  it('R033, R045: shows our open cases, nearest deadline first, with every field of the row', async () => {
    expect(await casesAt('/api/queue')).toEqual(['F0', 'F1', 'F2', 'F3', 'F4'])
    const { body } = await stack.get('/api/queue?limit=1')
    const [store] = stack.ours.stores
    expect(body).toEqual({
      now: new Date(NOON).toISOString(),
      next: expect.stringMatching(/^[\w-]+$/) as string,
      items: [
        {
          caseId: ids[0],
          marketplace: store.marketplace,
          store: { id: String(store.id), name: 'Shop 100' },
          caseNumber: 'F0',
          orderNumber: 'O0',
          kind: 'refund-only',
          variant: null,
          status: 'awaiting-merchant-decision',
          outcome: null,
          turn: 'us',
          due: {
            at: '2026-11-22T03:00:00.000Z',
            kind: 'SELLER_RESPONSE',
            source: 'OBSERVED',
            onBreach: 'platform-refunds',
          },
          overdue: true,
          riskFen: 100,
          refundedFen: null,
          amountFen: 100,
          reason: null,
          goods: { title: '手机壳', count: 1 },
          buyer: { name: '王**', phone: '138****1000' },
          assignee: null,
          appliedAt: '2026-11-22T04:00:00.000Z',
          updatedAt: '2026-11-22T04:00:00.000Z',
        },
      ],
    })
  })

  it('R045: filters and sorts by the query, by the money at risk too', async () => {
    const [first, second] = stack.ours.stores
    expect(await casesAt('/api/queue?sort=risk&limit=2')).toEqual(['F4', 'F3'])
    expect(await casesAt('/api/queue?dueTo=2026-11-22T04:00:00Z')).toEqual(['F0'])
    expect(await casesAt('/api/queue?dueFrom=2026-11-22T12:00:00%2B08:00&dueTo=2026-11-22T05:30:00Z')).toEqual([
      'F1',
      'F2',
    ])
    expect(
      await casesAt(
        '/api/queue?riskFrom=200&riskTo=300&turn=us&kind=refund-only,exchange&status=awaiting-merchant-decision',
      ),
    ).toEqual(['F1', 'F2'])
    expect(await casesAt(`/api/queue?store=${second.id}`)).toEqual([])
    expect(await casesAt(`/api/queue?turn=nobody&store=${second.id},${first.id}`)).toEqual(['S1'])
    expect(await casesAt(`/api/queue?marketplace=${second.marketplace}&turn=nobody`)).toEqual(['S1'])
    expect(await casesAt('/api/queue?marketplace=nowhere')).toEqual([])
  })

  it('continues where the previous page ended', async () => {
    const first = await stack.get('/api/queue?limit=3')
    expect(await casesAt(`/api/queue?limit=3&cursor=${(first.body as { next: string }).next}`)).toEqual(['F3', 'F4'])
  })

  it('counts what waits for whom', async () => {
    expect((await stack.get('/api/queue/counts')).body).toEqual({
      now: new Date(NOON).toISOString(),
      turns: { us: 5, buyer: 0, platform: 0, carrier: 0, nobody: 1 },
      overdue: 1,
      dueSoon: 4,
    })
  })

  it('finds cases by order, whole name, whole phone, last four digits and time, finished ones too', async () => {
    expect(await casesAt('/api/search?order=O0')).toEqual(['F0', 'F2', 'F4'])
    expect(await casesAt(`/api/search?name=${encodeURIComponent('王小明')}&limit=2`)).toEqual(['F0', 'F1'])
    expect(await casesAt('/api/search?phone=13900005678')).toEqual(['S1'])
    expect(await casesAt(`/api/search?phone=${encodeURIComponent('+86 139-0000-5678')}`)).toEqual(['S1'])
    expect(await casesAt('/api/search?phone=1003')).toEqual(['F3'])
    expect(await casesAt('/api/search?appliedFrom=2026-11-22T01:30:00Z&appliedTo=2026-11-22T04:00:00Z')).toEqual([
      'F1',
      'F2',
    ])
    expect(await casesAt(`/api/search?name=${encodeURIComponent('王')}`)).toEqual([])
  })

  it('shows no case of another organisation, whatever is asked', async () => {
    const theirs = stack.theirs.store
    for (const url of [
      `/api/queue?store=${theirs.id}`,
      '/api/queue?limit=200',
      '/api/search?order=O0',
      '/api/search?appliedFrom=2020-01-01T00:00:00Z',
    ])
      expect(await casesAt(url)).not.toContain('T1')
    expect(((await stack.get('/api/meta')).body as { stores: unknown[] }).stores).toHaveLength(2)
  })

  it('R166, R167: lists the returns that wait for the merchant by kind and status', async () => {
    const [first] = stack.ours.stores
    const address = '/api/queue?kind=return-and-refund&status=awaiting-merchant-decision'
    expect(await casesAt(address)).toEqual([])
    const returned = { ...waiting(NOON + HOUR, 1), kind: { kind: 'return-and-refund' as const } }
    await stack.recordReport(first, 'R1', returned)
    expect(await casesAt(address)).toEqual(['R1'])
    await stack.recordReport(first, 'R1', { ...returned, status: { status: 'closed', raw: 'C' } })
    expect(await casesAt(address)).toEqual([])
  })
})
