import { withTenants } from '#event-store'
import { emptyTables, useRole, useTestDatabase } from '../../../../test/postgres/test-database'
import type { PersonActor } from './actor'
import { batchRightsOf } from './batch-rights'
import { NOON, testPeople, type TestPeople } from './people-for-tests'

const db = useTestDatabase()
const consoles = useRole(db, 'console')
const workers = useRole(db, 'worker')
const HOUR = 3_600_000
const ALL = { mayActFree: true, mayActForMoney: true }
let people: TestPeople
let org: number
let here: number
let owner: PersonActor

beforeEach(async () => {
  await emptyTables(db)
  people = testPeople(db.database, consoles.database)
  const made = await people.organisation('one')
  ;[org, here = 0] = [made.org, ...made.stores]
  owner = (await people.owner()).actor
})

/** As the worker reads them, with the privileges of its role. */
const rightsOf = (actor: string, { of = org, now = NOON } = {}): Promise<unknown> =>
  withTenants([org, of], () =>
    workers.database.transaction((manager) => batchRightsOf(manager, { org: of, actor }, now)),
  )
const set = (table: string, change: string): Promise<unknown> => db.database.query(`UPDATE ${table} SET ${change}`)

it('are those of the person now: after a change of role or stores, and none once disabled', async () => {
  const lin = `person:${(await people.join(owner, 'lin', 'after-sale-agent')).actor.id}`
  expect(await rightsOf(lin)).toEqual(ALL)
  await set('membership', `role = 'finance', stores = '{${here}}'`)
  expect(await rightsOf(lin)).toEqual({ mayActFree: false, mayActForMoney: true, stores: [here] })
  await set('membership', `role = 'of a later version'`)
  expect(await rightsOf(lin)).toEqual({ mayActFree: false, mayActForMoney: false, stores: [here] })
  await set('membership', `role = 'owner', disabled_at = 1`)
  expect(await rightsOf(lin)).toBeUndefined()
})

it('are those of the key now: none once it is revoked or over', async () => {
  const made = await people.identity.apiKeys.create(owner, {
    ...{ label: 'robot', permissions: ['cases.read', 'cases.act'], stores: [here], expiresAt: NOON + HOUR },
  })
  if (made.outcome !== 'created') throw new Error(made.reason)
  const key = `key:${made.key.id}`
  expect(await rightsOf(key)).toEqual({ mayActFree: true, mayActForMoney: false, stores: [here] })
  expect(await rightsOf(key, { now: NOON + HOUR })).toBeUndefined()
  await set('api_key', 'revoked_at = 1')
  expect(await rightsOf(key)).toBeUndefined()
})

it('are none in another organisation', async () => {
  const other = await people.organisation('two')
  expect(await rightsOf(`person:${owner.id}`, { of: other.org })).toBeUndefined()
})

it('and the worker reads no hash of a key for it', async () => {
  const secrets = withTenants([org], () => workers.database.query('SELECT secret FROM api_key'))
  await expect(secrets).rejects.toMatchObject({ code: '42501' })
})
