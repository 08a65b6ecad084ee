import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import {
  emptyTables,
  useTestDatabase,
  beginTransaction,
  untilFeedReadable,
} from '../../../../test/postgres/test-database'
import type { FeedRow } from './feed'
import { endOfFeed, readFeed, feedStallMs } from './feed'
import type { OpenTransaction } from '../../../../test/postgres/test-database'
import { writeOutgoing, writeStreams } from '../streams/streams'

const db = useTestDatabase()
const START = { tx: '0', position: 0 }

beforeEach(() => emptyTables(db))

const beginOutgoingWrite = (type: string, org = 1): Promise<OpenTransaction<void>> =>
  beginTransaction(db.database, (manager) =>
    writeOutgoing(manager, [{ org, stream: randomUUID(), version: 1, type, body: {}, recorded_at: 1 }]),
  )
const writeOutgoingRow = async (type: string, org?: number): Promise<void> =>
  (await beginOutgoingWrite(type, org)).commit()
const typesOf = (rows: readonly FeedRow[]): string[] => rows.map(({ type }) => type)
const read = (limit = 10, org?: number): Promise<FeedRow[]> => readFeed(db.database, START, limit, org)

/** The types of what can be read, once no transaction of another database holds it back. */
const readTypesOnceReadable = async (): Promise<string[]> => {
  await untilFeedReadable(db.database)
  return typesOf(await read())
}

describe('the feed', () => {
  it('misses no row whose number was taken early and committed late', async () => {
    const early = await beginOutgoingWrite('early')
    await writeOutgoingRow('late')
    expect(typesOf(await read())).toEqual([])
    await early.commit()
    expect(await readTypesOnceReadable()).toEqual(['early', 'late'])
  })

  it('keeps the order of a stream, though the later writer began before the earlier one and waited for the lock', async () => {
    const id = randomUUID()
    const writeVersion = async (manager: EntityManager, version: number): Promise<void> => {
      await writeStreams(manager, [{ id, org: 1, store: 3, version, fold: 1, revision: 0, state: {} }], [])
      await writeOutgoing(manager, [
        { org: 1, stream: id, version, type: `version ${version}`, body: {}, recorded_at: 1 },
      ])
    }
    const first = await beginTransaction(db.database, (manager) => manager.query('SELECT pg_current_xact_id()'))
    const second = await beginTransaction(db.database, (manager) => manager.query('SELECT pg_current_xact_id()'))
    await db.database.transaction((manager) => writeVersion(manager, 1))
    await second.run(async (manager) => writeVersion(manager, 2))
    await second.commit()
    await first.run(async (manager) => writeVersion(manager, 3))
    await first.commit()
    expect(await readTypesOnceReadable()).toEqual(['version 1', 'version 2', 'version 3'])
  })

  it('never shows what was rolled back', async () => {
    const rolledBack = await beginOutgoingWrite('given up')
    await writeOutgoingRow('kept')
    await rolledBack.rollBack()
    expect(await readTypesOnceReadable()).toEqual(['kept'])
  })

  it('continues from any position, without a gap and without a repetition', async () => {
    for (const type of ['a', 'b', 'c', 'd', 'e']) await writeOutgoingRow(type)
    await untilFeedReadable(db.database)
    const seen: string[] = []
    for (let rows = await read(2); rows.length > 0; rows = await readFeed(db.database, rows.at(-1) ?? START, 2))
      seen.push(...typesOf(rows))
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('can be read for one organisation', async () => {
    await writeOutgoingRow('ours')
    await writeOutgoingRow('theirs', 2)
    await untilFeedReadable(db.database)
    expect(typesOf(await read(10, 2))).toEqual(['theirs'])
  })

  it('ends at the newest row that can be read: after it only later rows are read', async () => {
    expect(await endOfFeed(db.database)).toEqual(START)
    await writeOutgoingRow('old')
    await untilFeedReadable(db.database)
    const end = await endOfFeed(db.database)
    await writeOutgoingRow('news')
    await untilFeedReadable(db.database)
    expect(typesOf(await readFeed(db.database, end, 10))).toEqual(['news'])
  })

  it('says how long an open transaction has been holding it back', async () => {
    const holding = await beginOutgoingWrite('holding')
    while ((await feedStallMs(db.database)) < 5);
    await holding.commit()
  })
})
