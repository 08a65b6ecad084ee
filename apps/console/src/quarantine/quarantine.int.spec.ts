import type { Response } from '../../test/operator-requests'
import { NOON, openStack, type Stack } from '../../test/stack'

describe('the quarantine API', () => {
  let stack: Stack
  let ids: number[]
  beforeAll(async () => {
    stack = await openStack()
    const [first] = stack.ours.stores
    ids = []
    for (let n = 0; n < 3; n++) ids.push(await stack.message(first, 'push', `not JSON ${n}, 13912345678`))
    await stack.message(stack.theirs.store, 'push', 'not JSON either')
    await stack.work()
  })
  afterAll(() => stack.close())

  it('lists what could not be understood, newest first, with the reason', async () => {
    const first = await stack.get('/api/quarantine?limit=2')
    expect(first.body).toEqual({
      items: [ids[2], ids[1]].map((id) => ({
        messageId: String(id),
        marketplace: stack.ours.stores[0].marketplace,
        store: { id: String(stack.ours.stores[0].id), name: 'Shop 100' },
        channel: 'push',
        receivedAt: new Date(NOON).toISOString(),
        reason: 'unintelligible',
        detail: expect.any(String) as string,
        attempts: 1,
      })),
      next: String(ids[1]),
    })
    const rest = await stack.get(`/api/quarantine?cursor=${String(first.body.next)}`)
    expect((rest.body.items as { messageId: string }[]).map(({ messageId }) => messageId)).toEqual([String(ids[0])])
    expect(rest.body.next).toBeNull()
  })

  it('shows the text of a message, personal data masked', async () => {
    const { body } = await stack.get(`/api/quarantine/${ids[0]}`)
    expect(body).toMatchObject({ messageId: String(ids[0]), text: 'not JSON 0, 139****5678' })
  })

  const runAgain = (id: number | undefined): Promise<Response> => stack.operator.post(`/api/quarantine/${id}/run-again`)
  /** The worker, at work until the answer is there. */
  const workingMeanwhile = async <T>(asking: Promise<T>): Promise<T> => {
    let answered = false
    const done = asking.finally(() => (answered = true))
    while (!answered) await stack.work()
    return done
  }

  it('runs a message again, and answers that it is still not understood', async () => {
    const answer = await workingMeanwhile(runAgain(ids[0]))
    expect(answer).toEqual({ status: 200, body: { outcome: 'quarantined', detail: expect.any(String) as string } })
    expect((await stack.get(`/api/quarantine/${ids[0]}`)).body).toMatchObject({ attempts: 2 })
  })

  it('runs a message again after a fix, and removes it once it is understood', async () => {
    const [, second] = stack.ours.stores
    // A shop that was not registered when its message came.
    const id = await stack.message(second, 'push', JSON.stringify({ tag: '0', msg_id: '1', data: '' }))
    await stack.database.query('DELETE FROM pending WHERE message_id = $1', [id])
    await stack.database.query(
      `INSERT INTO quarantine (message_id, org, reason, detail, at) VALUES ($1, $2, 'unknown-store', 'no store', 0)`,
      [id, second.org],
    )
    const answer = await workingMeanwhile(runAgain(id))
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'irrelevant' } })
    expect((await stack.get(`/api/quarantine/${id}`)).status).toBe(404)
  })

  it('answers that a message is waiting where no worker is running', async () => {
    expect(await runAgain(ids[1])).toMatchObject({
      status: 200,
      body: { outcome: 'quarantined', detail: 'It is waiting for the worker. Try again in a moment.' },
    })
  })

  it('answers 404 for messages of another organisation and unknown ones', async () => {
    const [row] = await stack.database.query<{ id: number }[]>(
      'SELECT message_id AS id FROM quarantine WHERE org = $1',
      [stack.theirs.org],
    )
    expect((await runAgain(row?.id)).status).toBe(404)
    expect((await runAgain(999_999)).status).toBe(404)
    expect((await stack.get(`/api/quarantine/${row?.id}`)).status).toBe(404)
  })
})
