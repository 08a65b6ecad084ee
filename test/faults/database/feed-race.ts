import { randomUUID } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { FeedPosition } from '#event-store'
import { openDatabase, readFeed, writeOutgoing } from '#event-store'
import type { Draw } from '../../../apps/simulator/src/random'
import { Chance } from '../../../apps/simulator/src/random'
import { isFeedReadable } from '../../postgres/test-database'

export interface FeedRace {
  readonly written: number
  readonly seen: number
  readonly twice: number
  readonly outOfOrder: number
  /** Rows missed by a reader that asks only for greater numbers. It is the canary: if it misses none, nothing raced. */
  readonly missedByNumber: number
}

/** Writers with transactions of random length against two readers: ours, and one that goes by the row's number alone. */
export async function writeWhileReading(
  url: string,
  options: { readonly writers: number; readonly rows: number; readonly seed: string },
): Promise<FeedRace> {
  const database = await openDatabase({ url, pool: options.writers + 2, migrations: [] })
  const [existing] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM outgoing')
  let written = existing?.n ?? 0
  const end = written + options.rows
  let writing = true
  const chance = new Chance(options.seed)
  const writer = async (n: number): Promise<void> => {
    const draw = chance.draw('writer', n)
    while (written < end) {
      const size = await writeTransaction(database, draw)
      written += size
    }
  }
  const hasEnded = async (): Promise<boolean> => !writing && isFeedReadable(database)
  const feedReader = readAll(hasEnded, (after) => readFeed(database, after, 5_000))
  const naiveReader = readAll(hasEnded, (after) =>
    database.query<FeedPosition[]>(
      'SELECT tx::text AS tx, position FROM outgoing WHERE position > $1 ORDER BY position LIMIT 5000',
      [after.position],
    ),
  )
  await Promise.all(Array.from({ length: options.writers }, (_, n) => writer(n)))
  writing = false
  const [feedRows, naiveRows] = await Promise.all([feedReader, naiveReader])
  await database.destroy()
  const seen = new Set(feedRows.map(({ position }) => position))
  return {
    written,
    seen: seen.size,
    twice: feedRows.length - seen.size,
    outOfOrder: feedRows.filter((row, i) => i > 0 && !isBefore(feedRows[i - 1] as FeedPosition, row)).length,
    missedByNumber: written - new Set(naiveRows.map(({ position }) => position)).size,
  }
}

/** One transaction of one to five statements of one to forty rows, with random pauses between them. */
async function writeTransaction(database: DataSource, draw: Draw): Promise<number> {
  let size = 0
  await database.transaction(async (manager) => {
    const statements = draw.between(1, 5)
    for (let i = 0; i < statements; i++) {
      const rows = Array.from({ length: draw.between(1, 40) }, (_, version) => ({
        org: 1,
        stream: randomUUID(),
        version,
        type: 'race',
        body: {},
        recorded_at: 0,
      }))
      await writeOutgoing(manager, rows)
      size += rows.length
      if (draw.chance(0.3)) await manager.query('SELECT pg_sleep($1)', [draw.next() * 0.02])
    }
  })
  return size
}

/** Reads repeatedly; the last read starts after the last row was written and has become readable. */
async function readAll(
  hasEnded: () => Promise<boolean>,
  read: (after: FeedPosition) => Promise<FeedPosition[]>,
): Promise<FeedPosition[]> {
  const seen: FeedPosition[] = []
  let after: FeedPosition = { tx: '0', position: 0 }
  for (;;) {
    const isLastRead = await hasEnded()
    const rows = await read(after)
    seen.push(...rows.map(({ tx, position }) => ({ tx, position })))
    after = rows.at(-1) ?? after
    if (rows.length === 0 && isLastRead) return seen
    if (rows.length === 0) await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

const isBefore = (a: FeedPosition, b: FeedPosition): boolean =>
  BigInt(a.tx) < BigInt(b.tx) || (a.tx === b.tx && a.position < b.position)
