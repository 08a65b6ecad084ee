/** PullStore on PostgreSQL, with a hostile list as the marketplace. */
import { createHash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { Directory, openVault, register, messageSealingOf } from '#access'
import { Intake, PullStore, PullStoreHandler, Sessions } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { MicroBatch, acceptMessages } from '#event-store'
import type { StoreFreshness } from '#read-models'
import { StoreFreshnessHandler, StoreFreshnessQuery } from '#read-models'
import { ctx } from '../support/anywhere-marketplace'
import type { Wire } from './hostile-list'

export interface PullFixture {
  now: number
  readonly store: number
  /** One turn of the pull loop; returns the number of windows read. */
  runTurn(backfillMs?: number): Promise<number>
  freshness(): Promise<StoreFreshness>
}

/** Registers one store of the marketplace on a migrated database; its list API is at `api`. */
export async function openPullFixture(
  database: DataSource,
  wire: Wire,
  api: string,
  now: number,
): Promise<PullFixture> {
  const vault = openVault(createHash('sha256').update('a key of the test').digest())
  const org = await register(database, vault, { slug: 'test', name: 'Test' }, [
    {
      marketplace: wire,
      appKey: `app-${wire}`,
      appSecret: 'secret',
      endpoints: { api },
      stores: [{ shop: '86', name: '测试小店', accessToken: 'access', refreshToken: 'refresh' }],
    },
  ])
  const stores = new Directory(database, vault)
  const record = (await stores.current()).stores.find((store) => store.marketplace === wire)
  if (record === undefined) throw new Error('no store')
  const clock = (): number => fixture.now
  const batch = new MicroBatch(
    (items: Parameters<typeof acceptMessages>[1][number][]) => acceptMessages(database, items),
    {
      writers: 1,
      rows: 500,
      waiting: 50_000,
    },
  )
  const intake = new Intake(batch, stores, messageSealingOf(vault), clock)
  const journal = { info: () => undefined, warn: () => undefined }
  const sessions = new Sessions(database, stores)
  const handler = new PullStoreHandler(database, MARKETPLACES, sessions, intake, clock, journal)
  const storeReference = { id: record.id, app: record.app.id, authorised: true }
  const fixture: PullFixture = {
    now,
    store: record.id,
    runTurn: (backfillMs = 10 * 60_000) =>
      handler.execute(
        new PullStore(
          record,
          backfillMs,
          ctx(undefined, () => fixture.now),
        ),
      ),
    async freshness() {
      const [freshness] = await new StoreFreshnessHandler(database).execute(
        new StoreFreshnessQuery(org, [storeReference], fixture.now),
      )
      if (freshness === undefined) throw new Error('no freshness')
      return freshness
    },
  }
  return fixture
}

interface Entry {
  readonly from_at: number
  readonly to_at: number
  readonly claimed: number | null
  readonly seen: number
}

/**
 * Spans that the watermark has passed although, by the ledger of windows, no list of them was read completely
 * (seen = claimed). `backfillMs`: how far before the store's opening its ledger begins.
 */
export async function findUnprovenSpansPassed(
  database: DataSource,
  store: number,
  backfillMs: number,
): Promise<unknown[]> {
  const entries = await database.query<Entry[]>('SELECT * FROM pull_window WHERE store = $1 ORDER BY id', [store])
  const [{ proven, opened } = { proven: 0, opened: 0 }] = await database.query<{ proven: number; opened: number }[]>(
    'SELECT proven_until AS proven, opened_at AS opened FROM pull_cursor WHERE store = $1',
    [store],
  )
  let readUntil = opened - backfillMs
  return entries.flatMap((entry, i) => {
    const span = [Math.max(entry.from_at, readUntil), Math.min(entry.to_at, proven)] as const
    readUntil = Math.max(readUntil, entry.to_at)
    if (entry.claimed === entry.seen || span[0] >= span[1]) return []
    const provenEntries = entries.slice(i + 1).filter(({ claimed, seen }) => claimed === seen)
    return subtractEntries(span, provenEntries).map(([from, to]) => ({
      from,
      to,
      claimed: entry.claimed,
      seen: entry.seen,
    }))
  })
}

type Span = readonly [from: number, to: number]

const subtractEntries = (span: Span, covering: readonly Entry[]): readonly Span[] =>
  covering.reduce<readonly Span[]>(
    (remaining, { from_at, to_at }) =>
      remaining.flatMap(([from, to]): Span[] => [
        ...(from < Math.min(to, from_at) ? [[from, Math.min(to, from_at)] as const] : []),
        ...(Math.max(from, to_at) < to ? [[Math.max(from, to_at), to] as const] : []),
      ]),
    [span],
  )
