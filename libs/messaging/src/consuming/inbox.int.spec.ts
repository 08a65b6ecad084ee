import { emptyTables, useTestDatabase, beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import type { CloudEvent } from '../language/cloud-event'
import { pruneInbox, markNewEvents } from './inbox'

const db = useTestDatabase()
beforeEach(() => emptyTables(db))

const events = (...ids: string[]): CloudEvent[] =>
  ids.map((id) => ({ id, type: 't.v1', source: '/s', subject: id, time: 1, data: {} }))
const idsOf = (list: readonly CloudEvent[]): string[] => list.map(({ id }) => id)
const markAsConsumed = (consumer: string, ...ids: string[]): Promise<string[]> =>
  db.database.transaction(async (manager) => idsOf(await markNewEvents(manager, consumer, events(...ids))))

describe('an event in the inbox', () => {
  it('is new once, in the order of arrival, even twice in one batch', async () => {
    expect(await markAsConsumed('analyst', 'c', 'a', 'c', 'b')).toEqual(['c', 'a', 'b'])
    expect(await markAsConsumed('analyst', 'c', 'a', 'b')).toEqual([])
  })

  it('is left out of a batch if it was consumed before', async () => {
    await markAsConsumed('analyst', 'a', 'c')
    expect(await markAsConsumed('analyst', 'd', 'c', 'b', 'a')).toEqual(['d', 'b'])
    expect(await markAsConsumed('analyst', 'a', 'b', 'c', 'd')).toEqual([])
  })

  it('is new to another consumer, and from another source', async () => {
    await markAsConsumed('analyst', 'a')
    expect(await markAsConsumed('printer', 'a')).toEqual(['a'])
    const elsewhere = events('a').map((event) => ({ ...event, source: '/elsewhere' }))
    expect(await db.database.transaction((manager) => markNewEvents(manager, 'analyst', elsewhere))).toHaveLength(1)
  })

  it('is new again after a rollback', async () => {
    const failed = await beginTransaction(db.database, (manager) => markNewEvents(manager, 'analyst', events('a', 'b')))
    await failed.rollBack()
    expect(await markAsConsumed('analyst', 'a', 'b')).toEqual(['a', 'b'])
  })

  it.each([
    ['is consumed by the first of two transactions if that commits', [], 'commit'],
    ['is consumed by the second of two transactions if the first is rolled back', ['c', 'b', 'a'], 'rollBack'],
  ] as const)('%s', async (_name, newIds, finish) => {
    const first = await beginTransaction(db.database, (manager) =>
      markNewEvents(manager, 'analyst', events('a', 'b', 'c')),
    )
    const second = markAsConsumed('analyst', 'c', 'b', 'a')
    await untilLockWaits(db.database, 1)
    await first[finish]()
    expect(await second).toEqual(newIds)
  })

  it('is new again after its mark was pruned by age', async () => {
    await markAsConsumed('analyst', 'a')
    await pruneInbox(db.database, 'analyst', 1)
    expect(await markAsConsumed('analyst', 'a')).toEqual([])
    await db.database.query(`UPDATE consumed SET at = at - interval '2 days'`)
    await pruneInbox(db.database, 'analyst', 1)
    expect(await markAsConsumed('analyst', 'a')).toEqual(['a'])
  })
})
