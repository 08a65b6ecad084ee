import { saveDeadLetters, deadLetters, sourceOf } from '#messaging'
import { openStack, type Stack } from '../../test/stack'

describe('dead letters over HTTP', () => {
  let stack: Stack
  let ids: string[]
  beforeAll(async () => {
    stack = await openStack()
    const letter = (n: number, org: number, text: string): Parameters<typeof saveDeadLetters>[1][number] => ({
      ...{
        consumer: 'analysts',
        eventId: `case-${n}/1/case-opened.v1`,
        topic: 'shouhou.case-events',
        key: `case-${n}`,
        reason: 'Error 22001',
      },
      headers: { ce_source: sourceOf(org), ce_type: 'case-opened.v1' },
      value: Buffer.from(text),
    })
    const { org } = stack.ours
    await saveDeadLetters(stack.database, [
      letter(1, org, '{"receiver_name":"王小明","note":"13912345678"}'),
      letter(2, stack.theirs.org, '{}'),
      letter(3, org, 'rubbish'),
      letter(4, org, '{}'),
    ])
    ids = (await deadLetters(stack.database, { source: sourceOf(org) })).map(({ id }) => String(id))
  })
  afterAll(() => stack.close())

  const sendAgain = async (id: unknown): Promise<number> =>
    (await stack.operator.post(`/api/dead-letters/${String(id)}/send-again`)).status

  it("are listed page by page, oldest first, with their reasons; a neighbour's are not", async () => {
    const first = await stack.get('/api/dead-letters?limit=2')
    expect(first.body).toMatchObject({
      items: [
        {
          id: ids[0],
          consumer: 'analysts',
          type: 'case-opened.v1',
          topic: 'shouhou.case-events',
          caseId: 'case-1',
          reason: 'Error 22001',
          wantedAgainAt: null,
        },
        { id: ids[1], caseId: 'case-3' },
      ],
      next: ids[1],
    })
    expect((await stack.get(`/api/dead-letters?limit=2&cursor=${ids[1]}`)).body).toMatchObject({
      items: [{ id: ids[2] }],
      next: null,
    })
  })

  it('are shown with their headers and text, personal data masked', async () => {
    const { body, text } = await stack.get(`/api/dead-letters/${ids[0]}`)
    expect(body).toMatchObject({
      headers: { ce_type: 'case-opened.v1' },
      text: expect.stringContaining('receiver_name') as string,
    })
    expect(text).not.toMatch(/王小明|13912345678/)
  })

  it('are marked to be sent again when an operator asks for it', async () => {
    expect(await sendAgain(ids[0])).toBe(202)
    expect((await stack.get(`/api/dead-letters/${ids[0]}`)).body).toMatchObject({
      wantedAgainAt: expect.any(String) as string,
      sentAgainAt: null,
    })
  })

  it('are not found where they are unknown or of another organisation; what is no id is refused', async () => {
    const [theirs] = await deadLetters(stack.database, { source: sourceOf(stack.theirs.org) })
    for (const id of [theirs?.id, 999_999]) {
      expect(await sendAgain(id)).toBe(404)
      expect((await stack.get(`/api/dead-letters/${id}`)).status).toBe(404)
    }
    expect(await sendAgain('x')).toBe(400)
    expect((await deadLetters(stack.database, { source: sourceOf(stack.theirs.org) }))[0]?.wantedAgainAt).toBeNull()
  })
})
