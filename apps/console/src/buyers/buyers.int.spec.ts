import { caseIdOf } from '#case-handling'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

const [NAME, PHONE] = ['王小明', '13912345678']

let stack: Stack
let id: string
beforeAll(async () => {
  stack = await openStack()
  const [store] = stack.ours.stores
  id = caseIdOf(store.org, store.id, '1')
  await stack.recordReport(store, '1', { ...waiting(NOON + HOUR, 5_000), buyer: stack.seal(NAME, PHONE, id) })
})
afterAll(() => stack.close())

const reveal = (operator: Parameters<Stack['operator']['post']>[2], wish: object = {}) =>
  stack.operator.post(`/api/cases/${id}/buyer/reveal`, { field: 'phone', reason: 'call-the-buyer', ...wish }, operator)
const entries = async () =>
  (
    await stack.database.query<{ subject: string; details: object }[]>(
      `SELECT subject, details FROM audit_entry WHERE org = $1 AND action = 'personal.revealed' ORDER BY n`,
      [stack.ours.org],
    )
  ).map(({ subject, details }) => ({ subject, ...details }))

describe('a buyer’s name and phone (threat S11)', () => {
  it('are shown by this operation only, each time with an entry that has the reason and not the value', async () => {
    const store = stack.ours.stores[0].id
    expect(await reveal({})).toEqual({ status: 200, body: { value: PHONE, left: 49 } })
    expect((await reveal({}, { field: 'name', reason: 'check-identity' })).body).toEqual({ value: NAME, left: 48 })
    const subject = `case:${id}`
    expect(await entries()).toEqual([
      { subject, field: 'phone', reason: 'call-the-buyer', store },
      { subject, field: 'name', reason: 'check-identity', store },
    ])
    const audit = await stack.get('/api/audit?action=personal.')
    for (const { text } of [audit, await stack.get(`/api/cases/${id}`), await stack.get(`/api/cases/${id}/events`)])
      expect([text.includes(NAME), text.includes(PHONE)]).toEqual([false, false])
  })

  it('need a reason of the list, the permission and a recent proof, of a person who may see the store', async () => {
    expect((await reveal({}, { reason: 'I want to know' })).status).toBe(400)
    expect((await reveal({ operator: { login: 'f', role: 'finance' } })).body['code']).toBe('forbidden')
    const elsewhere = { login: 'e', role: 'after-sale-agent', stores: [stack.ours.stores[1].id] } as const
    expect((await reveal({ operator: elsewhere })).status).toBe(404)
    await stack.operator.get('/api/session', { operator: 'late' })
    await stack.database.query(
      `UPDATE session SET reauthenticated_at = 0 WHERE person = (SELECT id FROM person WHERE login = 'late')`,
    )
    expect((await reveal({ operator: 'late' })).body['code']).toBe('reauthentication-required')
    expect(await entries()).toHaveLength(2)
  })

  it('are shown to one person as often as a day allows, also to one who asks many times at once', async () => {
    const operator = { operator: 'many' }
    await stack.operator.get('/api/session', operator)
    const answers = await Promise.all(Array.from({ length: 60 }, () => reveal(operator)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50)
    const spent = answers.find(({ status }) => status === 429)
    expect(spent?.body).toMatchObject({ code: 'reveals-spent', until: expect.any(String) as string })
    expect(await entries()).toHaveLength(62)
    expect((await reveal({ operator: 'another' })).body['left']).toBe(49)
  }, 60_000)
})
