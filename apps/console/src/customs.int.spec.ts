import { randomUUID } from 'node:crypto'
import { HOUR, NOON, openStack, waiting, type Stack } from '../test/stack'

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** Of the two marketplaces one has its own negotiation and group orders, the other has neither. */
describe('what a marketplace wants observed', () => {
  let stack: Stack
  let insisting: string
  let elsewhere: string
  beforeAll(async () => {
    stack = await openStack()
    insisting = await stack.tell(stack.ours.stores[0], '1001', waiting(NOON + HOUR, 5000))
    elsewhere = await stack.tell(stack.ours.stores[1], '7001', waiting(NOON + HOUR, 8900))
  })
  afterAll(() => stack.close())

  const act = async (id: string, action: object, facts: object): Promise<Answer> => {
    const judged = String((await stack.get(`/api/cases/${id}`)).body.revision)
    const answer = await stack.app.inject({
      method: 'POST',
      url: `/api/cases/${id}/actions`,
      payload: { action, judged, facts },
      headers: { host: 'localhost', 'x-operator': 'Lin', 'idempotency-key': randomUUID() },
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const rejecting = { name: 'reject', reasonCode: '1', reason: '原因', explanation: '说明', evidence: [{ hash: 'a'.repeat(64), kind: 'image' }] }

  it('R014: nobody is rejected there who was not talked to; elsewhere it is a risk that a person may take', async () => {
    expect((await act(insisting, rejecting, { chatExists: false })).body).toMatchObject({ reason: 'NotNegotiatedYet', rule: 'R014' })
    expect((await act(elsewhere, rejecting, { chatExists: false })).body).toMatchObject({
      reason: 'MustBeConfirmed',
      warnings: expect.arrayContaining([expect.objectContaining({ warning: 'NoChatYet' })]) as object[],
    })
  })

  it('R109: an order of a group that has not formed is not refunded there', async () => {
    expect((await act(insisting, { name: 'approve-refund' }, { groupFormed: false })).body).toMatchObject({ reason: 'GroupNotFormed', rule: 'R109' })
    expect((await act(elsewhere, { name: 'approve-refund' }, { groupFormed: false })).status).toBe(201)
  })

  it('R066, R143: evidence that the place does not take is refused before it is sent', async () => {
    const third = await stack.tell(stack.ours.stores[1], '7002', waiting(NOON + HOUR, 8900))
    const document = { ...rejecting, evidence: [{ hash: 'b'.repeat(64), kind: 'document' }] }
    expect((await act(third, document, { chatExists: true })).body).toMatchObject({ reason: 'EvidenceNotToStandard' })
  })
})
