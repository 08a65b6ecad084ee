import { randomUUID } from 'node:crypto'
import type { Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'
import type { AssignmentChanged, TeamworkAnswer } from './teamwork.answer'

const LI = { login: 'li', role: 'after-sale-agent' } as const
const WANG = { login: 'wang', role: 'after-sale-agent' } as const

describe('two people and their cases', () => {
  let stack: Stack
  let count = 0
  beforeAll(async () => {
    stack = await openStack()
  })
  afterAll(() => stack.close())

  const newCase = (store = stack.ours.stores[0]): Promise<string> =>
    stack.recordReport(store, `T${++count}`, waiting(NOON + HOUR, 5_000))
  const post = (url: string, body: object, operator: object): Promise<Response> =>
    stack.operator.post(url, body, { operator: operator as typeof LI })
  const change = (how: string, id: string, body: object, operator: object): Promise<Response> =>
    post(`/api/cases/${id}/assignment/${how}`, body, operator)
  const teamwork = async (id: string, operator: object = LI): Promise<TeamworkAnswer> =>
    (await stack.operator.get(`/api/cases/${id}/teamwork`, { operator: operator as typeof LI }))
      .body as unknown as TeamworkAnswer
  const assignmentOf = ({ body }: Response) => (body as unknown as AssignmentChanged).assignment
  const idOf = async (operator: object): Promise<string> => {
    const { body } = await stack.operator.get('/api/session', { operator: operator as typeof LI })
    return (body['me'] as { id: string }).id
  }
  const listed = async (query: string, operator: object): Promise<string[]> => {
    const { body } = await stack.operator.get(`/api/queue?${query}`, { operator: operator as typeof LI })
    return (body['items'] as { caseId: string }[]).map(({ caseId }) => caseId)
  }

  it('one takes a case; the other, who saw it free, is refused and reads who has it since when', async () => {
    const id = await newCase()
    const taken = await change('claim', id, { seen: null }, LI)
    expect(taken).toMatchObject({
      status: 200,
      body: { changed: true, assignment: { assignee: { id: await idOf(LI) } } },
    })
    const refused = await change('claim', id, { seen: null }, WANG)
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'assigned-meanwhile',
        assignment: { assignee: { name: 'The person li' }, at: new Date(NOON).toISOString() },
      },
    })
    expect((await teamwork(id)).assignment).toEqual(assignmentOf(taken))
    // The same request twice, e.g. after a lost answer.
    expect((await change('claim', id, { seen: null }, LI)).body).toEqual({ ...taken.body, changed: false })
  })

  it('of two who take it at once one has it', async () => {
    const id = await newCase()
    const answers = await Promise.all([LI, WANG].map((one) => change('claim', id, { seen: null }, one)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const winner = answers.find(({ status }) => status === 200)
    expect(winner && assignmentOf(winner)).toEqual((await teamwork(id)).assignment)
  })

  it('who knows that a colleague has it may take it over; it is no lock', async () => {
    const id = await newCase()
    const first = assignmentOf(await change('claim', id, { seen: null }, LI))
    expect(
      (await stack.operator.act(id, { action: { name: 'add-remark', text: 'x' } }, { operator: WANG })).status,
    ).toBe(201)
    const second = await change('claim', id, { seen: first?.id }, WANG)
    expect(second).toMatchObject({ status: 200, body: { assignment: { assignee: { name: 'The person wang' } } } })
    expect(await change('release', id, { seen: first?.id }, LI)).toMatchObject({
      status: 409,
      body: { code: 'assigned-meanwhile', assignment: { assignee: { name: 'The person wang' } } },
    })
    expect((await change('release', id, { seen: assignmentOf(second)?.id }, WANG)).body).toEqual({
      assignment: null,
      changed: true,
    })
    expect((await teamwork(id)).assignment).toBe(null)
  })

  it('is passed on with a note, both or neither', async () => {
    const id = await newCase()
    const [li, wang] = [await idOf(LI), await idOf(WANG)]
    const passed = await change('pass-on', id, { seen: null, to: wang, note: '买家电话 13912345678 请回电' }, LI)
    expect(passed).toMatchObject({ status: 200, body: { assignment: { assignee: { id: wang }, by: { id: li } } } })
    expect(await change('pass-on', id, { seen: null, to: li, note: '太晚了' }, WANG)).toMatchObject({ status: 409 })
    // The same request twice, e.g. after a lost answer, and another note.
    const again = { seen: null, to: wang, note: '买家电话 13912345678 请回电' }
    expect((await change('pass-on', id, again, LI)).body).toEqual({ ...passed.body, changed: false })
    expect(await change('pass-on', id, { ...again, note: '另外' }, LI)).toMatchObject({ status: 409 })
    const { notes } = await teamwork(id, WANG)
    expect(notes).toMatchObject([
      {
        author: { id: li },
        passedTo: { id: wang },
        text: '买家电话 139****5678 请回电',
        at: new Date(NOON).toISOString(),
      },
    ])
    const [stored] = await stack.database.query<{ body: Buffer }[]>('SELECT body FROM case_note WHERE case_id = $1', [
      id,
    ])
    expect(stored?.body.includes(Buffer.from('13912345678'))).toBe(false)
  })

  it('is given only to people who may see the store', async () => {
    const [, second] = stack.ours.stores
    const limited = { login: 'limited-li', role: 'after-sale-agent', stores: [stack.ours.stores[0].id] } as const
    const id = await newCase(second)
    expect(await change('pass-on', id, { seen: null, to: await idOf(limited) }, LI)).toMatchObject({
      status: 409,
      body: { code: 'not-a-colleague' },
    })
    expect((await teamwork(id)).colleagues.map(({ name }) => name)).not.toContain('The person limited-li')
    expect(await change('claim', id, { seen: null }, limited)).toMatchObject({ status: 404 })
    expect(await post(`/api/cases/${id}/notes`, { id: randomUUID(), text: 'x' }, limited)).toMatchObject({
      status: 404,
    })
    expect(await change('pass-on', id, { seen: null, to: randomUUID() }, LI)).toMatchObject({ status: 409 })
  })

  it('is not given to a person whose role may only read cases, who can see it all the same', async () => {
    const id = await newCase()
    const warehouse = { login: 'reader', role: 'warehouse' }
    const reader = await idOf(warehouse)
    expect((await teamwork(id)).colleagues).toContainEqual({
      id: reader,
      name: 'The person reader',
      mayTake: false,
    })
    expect(await change('pass-on', id, { seen: null, to: reader, note: '请看' }, LI)).toMatchObject({
      status: 409,
      body: { code: 'colleague-may-not-act' },
    })
    expect(await teamwork(id)).toMatchObject({ assignment: null, notes: [] })
  })

  it('counts as unassigned once its person may no longer see the store, and can be taken', async () => {
    const id = await newCase()
    const zhao = { login: 'zhao', role: 'after-sale-agent' }
    await change('claim', id, { seen: null }, zhao)
    await stack.database.query(
      'UPDATE membership SET disabled_at = 1 WHERE person = (SELECT id FROM person WHERE login = $1)',
      ['zhao'],
    )
    expect((await teamwork(id)).assignment).toBe(null)
    expect(await listed('assignee=none&limit=200', LI)).toContain(id)
    expect(await change('claim', id, { seen: null }, LI)).toMatchObject({ status: 200 })
  })

  it('ends with the case, and an ended case is not taken', async () => {
    const id = await newCase()
    await change('claim', id, { seen: null }, LI)
    await stack.recordReport(stack.ours.stores[0], `T${count}`, { status: { status: 'closed', raw: 'C' } })
    expect((await teamwork(id)).assignment).toBe(null)
    expect(await change('claim', id, { seen: null }, WANG)).toMatchObject({ status: 409, body: { code: 'case-ended' } })
  })

  it('filters the queue by mine, unassigned and a colleague’s, page and counts alike', async () => {
    const [mine, theirs, free] = [await newCase(), await newCase(), await newCase()]
    await change('claim', mine, { seen: null }, LI)
    await change('claim', theirs, { seen: null }, WANG)
    const of = (ids: string[]) => [mine, theirs, free].map((id) => ids.includes(id))
    expect(of(await listed('assignee=me&limit=200', LI))).toEqual([true, false, false])
    expect(of(await listed(`assignee=${await idOf(WANG)}&limit=200&sort=risk`, LI))).toEqual([false, true, false])
    expect(of(await listed('assignee=none&limit=200', LI))).toEqual([false, false, true])
    for (const filter of ['me', 'none', await idOf(WANG)]) {
      const cases = await listed(`assignee=${filter}&turn=us&limit=200`, LI)
      const { body } = await stack.operator.get(`/api/queue/counts?assignee=${filter}`, { operator: LI })
      expect([filter, (body['turns'] as { us: number }).us]).toEqual([filter, cases.length])
    }
    const { body } = await stack.operator.get('/api/queue?assignee=me&limit=200', { operator: LI })
    const rows = body['items'] as { caseId: string; assignee: { name: string } | null }[]
    expect(rows.find(({ caseId }) => caseId === mine)?.assignee?.name).toBe('The person li')
  })

  it('a batch has the cases that the page shows with the same filter, and no other', async () => {
    const [mine, theirs] = [await newCase(), await newCase(), await newCase()]
    await change('claim', mine, { seen: null }, LI)
    await change('claim', theirs, { seen: null }, WANG)
    const frozen = async (filter: object): Promise<string[]> => {
      const { body } = await post('/api/batches', { filter, action: { name: 'add-remark', text: 'x' } }, LI)
      const { items } = (
        await stack.operator.get(`/api/batches/${String(body['id'])}/items?limit=200`, { operator: LI })
      ).body as { items: { caseId: string }[] }
      return items.map(({ caseId }) => caseId).sort()
    }
    for (const assignee of ['me', 'none', await idOf(WANG)]) {
      const shown = await listed(`assignee=${assignee}&limit=200`, LI)
      expect(shown).not.toEqual([])
      expect([assignee, await frozen({ assignee })]).toEqual([assignee, shown.sort()])
    }
    // A finished case has no assignee.
    expect(await listed('assignee=me&turn=nobody', LI)).toEqual([])
    const finished = { filter: { assignee: 'me', turn: 'nobody' }, action: { name: 'add-remark', text: 'x' } }
    expect(await post('/api/batches', finished, LI)).toMatchObject({ status: 409, body: { code: 'batch-empty' } })
  })

  it('a note is written once, however often it is sent, and by people with the right only', async () => {
    const id = await newCase()
    const note = { id: randomUUID(), text: '仓库说明天到' }
    for (let sent = 0; sent < 2; sent += 1)
      expect(await post(`/api/cases/${id}/notes`, note, LI)).toMatchObject({ status: 200 })
    expect((await teamwork(id)).notes).toMatchObject([{ text: '仓库说明天到', passedTo: null }])
    expect(await post(`/api/cases/${await newCase()}/notes`, note, LI)).toMatchObject({ status: 409 })
    const warehouse = { login: 'ware', role: 'warehouse' }
    expect(await post(`/api/cases/${id}/notes`, { ...note, id: randomUUID() }, warehouse)).toMatchObject({
      status: 403,
    })
    expect(await change('claim', id, { seen: null }, warehouse)).toMatchObject({ status: 403 })
    for (const text of ['', ' \n', 'x'.repeat(2_001)])
      expect(await post(`/api/cases/${id}/notes`, { id: randomUUID(), text }, LI)).toMatchObject({ status: 400 })
  })

  it('no case of another organisation is taken, noted or read', async () => {
    const id = await stack.recordReport(stack.theirs.store, 'THEIRS', waiting(NOON + HOUR, 1))
    expect(await change('claim', id, { seen: null }, LI)).toMatchObject({ status: 404 })
    expect(await post(`/api/cases/${id}/notes`, { id: randomUUID(), text: 'x' }, LI)).toMatchObject({ status: 404 })
    expect((await stack.operator.get(`/api/cases/${id}/teamwork`, { operator: LI })).status).toBe(404)
  })
})
