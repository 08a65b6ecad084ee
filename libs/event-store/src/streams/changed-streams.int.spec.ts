import { randomUUID } from 'node:crypto'
import { emptyTables, beginTransaction, useTestDatabase } from '../../../../test/postgres/test-database'
import type { ChangedStream, StreamPosition } from './changed-streams'
import { beforeChanges, readChangedStreams } from './changed-streams'
import { writeStreams } from './streams'

const db = useTestDatabase()
beforeEach(() => emptyTables(db))

const write = (id: string, version: number, org = 1): Promise<void> =>
  db.database.transaction((manager) =>
    writeStreams(manager, [{ id, org, store: 3, version, fold: 1, revision: 1, state: { version } }], []),
  )
/** Polls, since a transaction of another test's database hides new rows for a moment. */
async function changedAfter(
  positions: readonly StreamPosition[],
  expected: number,
  limit = 100,
): Promise<ChangedStream<{ version: number }>[]> {
  for (;;) {
    const found = await readChangedStreams<{ version: number }>(db.database.manager, positions, limit)
    if (found.length >= expected) return found
  }
}
const seen = (found: readonly ChangedStream<{ version: number }>[]): unknown[] =>
  found.map(({ id, state }) => [id, state.version])
const positionAfter = ({ org, tx, id }: ChangedStream): StreamPosition => ({ org, tx, stream: id })

describe('streams that have changed', () => {
  it('are read in the order of their writes, each once, with the state that it has now', async () => {
    const [a, b] = [randomUUID(), randomUUID()]
    await write(a, 1)
    await write(b, 1)
    await write(a, 2)
    const found = await changedAfter([beforeChanges(1)], 2)
    expect(seen(found)).toEqual([
      [b, 1],
      [a, 2],
    ])
    const last = positionAfter(found[1] as ChangedStream)
    expect(await changedAfter([last], 0)).toEqual([])
    await write(b, 2)
    expect(seen(await changedAfter([last], 1))).toEqual([[b, 2]])
  })

  it('are continued in the middle of a transaction', async () => {
    const ids = [randomUUID(), randomUUID(), randomUUID()].sort()
    const rows = ids.map((id) => ({ id, org: 1, store: 3, version: 1, fold: 1, revision: 1, state: { version: 1 } }))
    await db.database.transaction((manager) => writeStreams(manager, rows, []))
    const [first, second] = await changedAfter([beforeChanges(1)], 2, 2)
    expect([first?.id, second?.id]).toEqual(ids.slice(0, 2))
    expect(seen(await changedAfter([positionAfter(second as ChangedStream)], 1, 2))).toEqual([[ids[2], 1]])
  })

  it('are not read before a transaction that is older and still open', async () => {
    const [early, late] = [randomUUID(), randomUUID()]
    const row = { org: 1, store: 3, version: 1, fold: 1, revision: 1, state: { version: 1 } }
    const open = await beginTransaction(db.database, (manager) => writeStreams(manager, [{ ...row, id: early }], []))
    await write(late, 1)
    expect(await readChangedStreams(db.database.manager, [beforeChanges(1)], 100)).toEqual([])
    await open.commit()
    expect(seen(await changedAfter([beforeChanges(1)], 2))).toEqual([
      [early, 1],
      [late, 1],
    ])
  })

  it('are read from each organisation after its own position, in the order in which they are named', async () => {
    const [ours, theirs] = [randomUUID(), randomUUID()]
    await write(ours, 1, 1)
    await write(theirs, 1, 2)
    expect(seen(await changedAfter([beforeChanges(2), beforeChanges(1)], 2))).toEqual([
      [theirs, 1],
      [ours, 1],
    ])
    expect(seen(await changedAfter([beforeChanges(2), beforeChanges(1)], 1, 1))).toEqual([[theirs, 1]])
  })
})
