import { emptyTables, useTestDatabase, beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import type { CloudEvent } from '../language/cloud-event'
import { pruneInbox, notYetConsumed } from './inbox'

const db = useTestDatabase()
beforeEach(() => emptyTables(db))

const events = (...ids: string[]): CloudEvent[] =>
  ids.map((id) => ({ id, type: 't.v1', source: '/s', subject: id, time: 1, data: {} }))
const idsOf = (some: readonly CloudEvent[]): string[] => some.map(({ id }) => id)
const take = (consumer: string, ...ids: string[]): Promise<string[]> =>
  db.database.transaction(async (manager) => idsOf(await notYetConsumed(manager, consumer, events(...ids))))

describe('an event in the inbox', () => {
  it('is new once, in the order of arrival, even twice in one batch', async () => {
    expect(await take('analyst', 'c', 'a', 'c', 'b')).toEqual(['c', 'a', 'b'])
    expect(await take('analyst', 'c', 'a', 'b')).toEqual([])
  })

  it('is distinguished from new messages in the same batch', async () => {
    await take('analyst', 'a', 'c')
    expect(await take('analyst', 'd', 'c', 'b', 'a')).toEqual(['d', 'b'])
    expect(await take('analyst', 'a', 'b', 'c', 'd')).toEqual([])
  })

  it('is new to another consumer, and from another source', async () => {
    await take('analyst', 'a')
    expect(await take('printer', 'a')).toEqual(['a'])
    const elsewhere = events('a').map((event) => ({ ...event, source: '/elsewhere' }))
    expect(await db.database.transaction((manager) => notYetConsumed(manager, 'analyst', elsewhere))).toHaveLength(1)
  })

  it('is new again after a rollback', async () => {
    const failed = await beginTransaction(db.database, (manager) =>
      notYetConsumed(manager, 'analyst', events('a', 'b')),
    )
    await failed.rollBack()
    expect(await take('analyst', 'a', 'b')).toEqual(['a', 'b'])
  })

  it.each([
    ['committed', [], 'commit'],
    ['rolled back', ['c', 'b', 'a'], 'rollBack'],
  ] as const)('is waited for while another transaction consumes it: %s', async (_how, left, end) => {
    const first = await beginTransaction(db.database, (manager) =>
      notYetConsumed(manager, 'analyst', events('a', 'b', 'c')),
    )
    const second = take('analyst', 'c', 'b', 'a')
    await untilLockWaits(db.database, 1)
    await first[end]()
    expect(await second).toEqual(left)
  })

  it('is forgotten by age', async () => {
    await take('analyst', 'a')
    await pruneInbox(db.database, 'analyst', 1)
    expect(await take('analyst', 'a')).toEqual([])
    await db.database.query(`UPDATE consumed SET at = at - interval '2 days'`)
    await pruneInbox(db.database, 'analyst', 1)
    expect(await take('analyst', 'a')).toEqual(['a'])
  })
})
