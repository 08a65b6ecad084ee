import { headersOf } from '../../test/operator-requests'
import { openStack, type Stack } from '../../test/stack'
import { TAIL_SEARCHES_PER_ORGANISATION, TAIL_SEARCHES_PER_PERSON } from './tail-searches'

let stack: Stack
beforeAll(async () => {
  stack = await openStack()
})
afterAll(() => stack.close())

/** By default by the last four digits of a phone. */
const search = (login: string, query = 'phone=5678') =>
  stack.app.inject({ url: `/api/search?${query}`, headers: headersOf({ login, role: 'pre-sale-agent' }) })

describe('the search by the last four digits of a phone', () => {
  it('is refused to a person who makes too many, with the time of the next attempt', async () => {
    const statuses = []
    for (let n = 0; n < 2 * TAIL_SEARCHES_PER_PERSON.most + 1; n++) statuses.push((await search('guesses')).statusCode)
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(TAIL_SEARCHES_PER_PERSON.most)
    const refused = await search('guesses')
    expect([refused.statusCode, refused.json<{ code: string }>().code]).toEqual([429, 'too-many-searches'])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(600)
    expect((await search('guesses', 'phone=13912345678')).statusCode).toBe(200)
    expect((await search('another')).statusCode).toBe(200)
  })

  it('leaves one entry in the audit when the limit is reached, without the digits', async () => {
    const found = await stack.database.query<{ details: object }[]>(
      `SELECT details FROM audit_entry WHERE action = 'search.limit-reached' AND org = $1`,
      [stack.ours.org],
    )
    expect(found[0]).toEqual({ details: { by: 'phone-tail', of: TAIL_SEARCHES_PER_PERSON.most } })
    expect(found.length).toBeLessThanOrEqual(2)
  })

  it('is limited for all people of an organisation together, and for no other organisation', async () => {
    await search('third')
    await stack.database.query('DELETE FROM quota_use WHERE scope LIKE $1', ['phone-tail/person%'])
    await stack.database.query('UPDATE quota_use SET used = $1 WHERE scope = $2', [
      TAIL_SEARCHES_PER_ORGANISATION.most,
      'phone-tail/all',
    ])
    expect((await search('fourth')).statusCode).toBe(429)
    const orgs = await stack.database.query('SELECT DISTINCT org FROM quota_use')
    expect(orgs).toEqual([{ org: stack.ours.org }])
  })
})
