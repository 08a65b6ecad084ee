import { emptyTables, useRole, useTestDatabase } from '../../../../test/postgres/test-database'
import { auditOf } from '../audit/audit'
import type { PersonActor, StoreRights } from './actor'
import { ORIGIN, PASSWORD, testPeople, type TestPeople } from './people-for-tests'
import type { Permission, Role } from './roles'

const db = useTestDatabase()
const consoles = useRole(db, 'console')
const HOUR = 3_600_000
const REFUSED = { outcome: 'refused', reason: 'more-than-own-rights' }
let people: TestPeople
let org: number
let here: number
let elsewhere: number
let owner: PersonActor
let ofOneStore: PersonActor

beforeEach(async () => {
  await emptyTables(db)
  people = testPeople(db.database, consoles.database)
  const made = await people.organisation('one')
  ;[org, here = 0, elsewhere = 0] = [made.org, ...made.stores]
  owner = (await people.owner()).actor
  ofOneStore = (await people.join(owner, 'of-one-store', 'owner', [here])).actor
})

const members = () => people.identity.members

describe('who is limited to some stores', () => {
  type Given = { role: Role; stores: StoreRights }
  const more = (): Given[] => [
    { role: 'owner', stores: 'all' },
    { role: 'finance', stores: 'all' },
    { role: 'finance', stores: [elsewhere] },
    { role: 'finance', stores: [here, elsewhere] },
    { role: 'finance', stores: [999] },
  ]

  it('gives no more than that: to a new person, to a colleague, to themself', async () => {
    const lin = await people.join(owner, 'lin', 'finance', [here])
    for (const rights of more()) {
      expect(await members().invite(ofOneStore, rights)).toEqual(REFUSED)
      expect(await members().changeRights(ofOneStore, lin.actor.id, rights)).toEqual(REFUSED)
      expect(await members().changeRights(ofOneStore, ofOneStore.id, rights)).toEqual(REFUSED)
    }
    const within: Given = { role: 'owner', stores: [here] }
    expect(await members().invite(ofOneStore, within)).toMatchObject({ outcome: 'made' })
    expect(await members().changeRights(ofOneStore, lin.actor.id, within)).toEqual({ outcome: 'done' })
  })

  it('does not change a person who has more, and gets no link for such a person’s password', async () => {
    const lin = (await people.join(owner, 'lin', 'finance', [here, elsewhere])).actor
    for (const { id } of [owner, lin]) {
      expect(await members().changeRights(ofOneStore, id, { role: 'finance', stores: [here] })).toEqual(REFUSED)
      expect(await members().resetLink(ofOneStore, id)).toEqual(REFUSED)
      expect(await members().removeSecondFactor(ofOneStore, id)).toEqual(REFUSED)
      expect(await members().disable(ofOneStore, id)).toEqual(REFUSED)
      expect(await members().enable(ofOneStore, id)).toEqual(REFUSED)
    }
  })

  it('is judged by the rights of now, not by those at the begin of the request', async () => {
    const lin = (await people.join(owner, 'lin', 'owner')).actor
    await members().changeRights(owner, lin.id, { role: 'owner', stores: [here] })
    expect(await members().invite(lin, { role: 'owner', stores: 'all' })).toEqual(REFUSED)
    expect(await create(lin, ['queue.read'], 'all')).toEqual(REFUSED)
    await members().disable(owner, lin.id)
    expect(await members().invite(lin, { role: 'finance', stores: [here] })).toEqual(REFUSED)
    expect(await create(lin, ['queue.read'], [here])).toEqual(REFUSED)
  })
})

it('an owner of all stores remains, who can give the rights for all stores', async () => {
  const last = { outcome: 'refused', reason: 'last-owner' }
  expect(await members().changeRights(owner, owner.id, { role: 'owner', stores: [here] })).toEqual(last)
  expect(await members().changeRights(owner, owner.id, { role: 'finance', stores: 'all' })).toEqual(last)
  expect(await members().disable(owner, owner.id)).toEqual(last)
  await people.join(owner, 'lin', 'owner')
  expect(await members().changeRights(owner, owner.id, { role: 'owner', stores: [here] })).toEqual({ outcome: 'done' })
})

const create = (actor: PersonActor, permissions: readonly Permission[], stores: StoreRights) =>
  people.identity.apiKeys.create(actor, {
    ...{ label: permissions.join(), permissions, stores, expiresAt: people.clock.now + HOUR },
  })

describe('once a person has fewer rights', () => {
  const made = async (actor: PersonActor, permissions: readonly Permission[], stores: StoreRights): Promise<string> => {
    const result = await create(actor, permissions, stores)
    if (result.outcome !== 'created') throw new Error(result.reason)
    return result.secret
  }
  const live = async (secrets: readonly string[]): Promise<boolean[]> => {
    const found: boolean[] = []
    for (const secret of secrets) found.push((await people.identity.apiKeys.find(secret)) !== undefined)
    return found
  }

  it.each<[string, Role, () => StoreRights, boolean[]]>([
    ['another role', 'finance', () => 'all', [false, true, true]],
    ['other stores', 'owner', () => [here], [false, false, true]],
    ['both', 'finance', () => [elsewhere], [false, false, false]],
    ['the same as before', 'owner', () => 'all', [true, true, true]],
  ])('by %s, keys of the person that have more are revoked, others not', async (_, role, stores, expected) => {
    const lin = (await people.join(owner, 'lin', 'owner')).actor
    const keys = [await made(lin, ['cases.act'], 'all'), await made(lin, ['money.act'], 'all')]
    keys.push(await made(lin, ['money.act'], [here]), await made(owner, ['cases.act'], 'all'))
    await members().changeRights(owner, lin.id, { role, stores: stores() })
    expect(await live(keys)).toEqual([...expected, true])
    const [entry] = await auditOf(db.database, org, { limit: 1 })
    expect(entry).toMatchObject({
      action: 'membership.changed',
      details: { role, stores: stores(), keys: expected.filter((lives) => !lives).length, invitations: 0 },
    })
  })

  it('invitations of the person that give more can no longer be opened', async () => {
    const lin = (await people.join(owner, 'lin', 'owner')).actor
    const invited = async (actor: PersonActor, stores: StoreRights): Promise<string> => {
      const link = await members().invite(actor, { role: 'owner', stores })
      if (link.outcome !== 'made') throw new Error(link.reason)
      return link.token
    }
    const links = [await invited(lin, 'all'), await invited(lin, [here]), await invited(owner, 'all')]
    await members().changeRights(owner, lin.id, { role: 'owner', stores: [here] })
    const outcomes: string[] = []
    for (const [n, token] of links.entries()) {
      const answers = { login: `new-${n}`, displayName: 'New', password: PASSWORD }
      outcomes.push((await people.identity.links.open(token, answers, ORIGIN)).outcome)
    }
    expect(outcomes).toEqual(['refused', 'signed-in', 'signed-in'])
  })
})
