import { randomUUID } from 'node:crypto'
import { requestConfirmed } from '../../../../test/support/request-confirmed'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

interface Wanted {
  readonly caseId: string
  readonly place: string
  readonly due: { readonly at: string; readonly source: string } | null
  readonly takes: { readonly source: string } | null
  readonly pack: {
    readonly complete: boolean
    readonly pieces: readonly unknown[]
    readonly missing: readonly { readonly need: string; readonly rule: string }[]
  }
}

describe('the list of wanted evidence', () => {
  let stack: Stack
  beforeEach(async () => {
    stack = await openStack()
  })
  afterEach(() => stack.close())

  const post = (url: string, payload: object) => stack.operator.post(url, payload)
  const wanted = async (): Promise<Wanted[]> => (await stack.get('/api/evidence-wanted')).body.items as Wanted[]
  const disputed = (number: string, evidenceDue: number) =>
    stack.recordReport(stack.ours.stores[1], number, {
      ...waiting(NOON + HOUR, 100),
      dispute: { stage: 'evidence-wanted', evidenceDue },
    })
  const iso = (at: number): string => new Date(at).toISOString()

  it('R046, R125: lists the places in the order in which they close, and none that has closed', async () => {
    const later = await disputed('1', NOON + 5 * HOUR)
    const sooner = await disputed('2', NOON + 2 * HOUR)
    await stack.recordReport(stack.ours.stores[1], '3', waiting(NOON, 1))
    await stack.recordReport(stack.theirs.store, '4', {
      ...waiting(NOON, 1),
      dispute: { stage: 'evidence-wanted', evidenceDue: NOON + HOUR },
    })
    expect((await wanted()).map(({ caseId, place, due }) => [caseId, place, due?.at])).toEqual([
      [sooner, 'case-detail', iso(NOON + 2 * HOUR)],
      [later, 'case-detail', iso(NOON + 5 * HOUR)],
    ])
    stack.now = NOON + 2 * HOUR - 1
    expect(await wanted()).toHaveLength(2)
    stack.now += 1
    expect((await wanted()).map(({ caseId }) => caseId)).toEqual([later])
    await stack.recordReport(
      stack.ours.stores[1],
      '1',
      { dispute: { stage: 'evidence-given' } },
      { at: NOON + 3 * HOUR },
    )
    expect(await wanted()).toEqual([])
  })

  it('R126: lists a work order that a person recorded, for 48 hours or until it is answered', async () => {
    const id = await stack.recordReport(stack.ours.stores[0], '1', waiting(NOON + HOUR, 100))
    expect(
      (
        await post(`/api/cases/${id}/facts`, {
          evidenceAsked: [{ place: 'work-order', number: 'G1', askedAt: iso(NOON) }],
        })
      ).status,
    ).toBe(200)
    expect(await wanted()).toMatchObject([
      {
        caseId: id,
        place: 'work-order',
        number: 'G1',
        due: { at: iso(NOON + 48 * HOUR), source: 'ASSUMED', rule: 'R125' },
      },
    ])
    const intent = randomUUID()
    const action = { name: 'answer-work-order', text: '见附件', evidence: [{ hash: 'a'.repeat(64), kind: 'image' }] }
    const asking = (request: object) => stack.operator.act(id, request, { intent })
    expect(await requestConfirmed(asking, { action })).toMatchObject({ status: 201 })
    expect(await wanted()).toHaveLength(1)
    await post(`/api/cases/${id}/actions/${intent}/attest`, {})
    expect(await wanted()).toEqual([])
  })

  it('R124: names the evidence that is still missing', async () => {
    const id = await stack.recordReport(stack.ours.stores[0], '1', waiting(NOON + HOUR, 100))
    await post(`/api/cases/${id}/facts`, { evidenceAsked: [{ place: 'work-order', askedAt: iso(NOON) }] })
    const missing = async () => (await wanted())[0]?.pack.missing.map(({ need, rule }) => `${need} ${rule}`)
    expect(await missing()).toEqual(['must R124', 'helps R031', 'helps R143'])
    const payload = Buffer.from('%PDF-1.7 stamped')
    const headers = { 'content-type': 'application/pdf' }
    const url = `/api/cases/${id}/evidence?shows=stamped-proof&capturedAt=${iso(NOON - HOUR)}`
    expect((await stack.operator.post(url, payload, { headers })).status).toBe(201)
    expect(await missing()).toEqual(['helps R031', 'helps R143'])
    expect((await wanted())[0]?.pack).toMatchObject({ complete: true, pieces: [{ kind: 'document' }] })
  })

  it('refuses an unknown place', async () => {
    const id = await stack.recordReport(stack.ours.stores[0], '1', waiting(NOON + HOUR, 100))
    expect((await post(`/api/cases/${id}/facts`, { evidenceAsked: [{ place: 'court' }] })).status).toBe(400)
    expect((await stack.get('/api/evidence-wanted?limit=0')).status).toBe(400)
  })
})
