import type { DataSource } from 'typeorm'
import type { AfterSaleCase, Facets } from '#after-sale'
import { decide, evolve } from '#after-sale'
import type { Change } from '#event-store'
import { EVENT_STORE_MIGRATIONS, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { freshDatabase } from '../../../test/postgres/database'
import { projections, READ_MODEL_MIGRATIONS } from '../src'

export const NOON = Date.UTC(2026, 10, 22, 4)
export const HOUR = 3_600_000

export interface TestDatabase {
  readonly database: DataSource
  close(): Promise<void>
}

export async function openTestDatabase(): Promise<TestDatabase> {
  const fresh = await freshDatabase()
  const database = await openDatabase({
    url: fresh.url,
    pool: 4,
    migrations: [...EVENT_STORE_MIGRATIONS, ...LEDGER_MIGRATIONS, ...READ_MODEL_MIGRATIONS],
  })
  return {
    database,
    close: async () => {
      await database.destroy()
      await fresh.drop()
    },
  }
}

export const caseIdFor = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

/** A case after one report. */
export function reported(
  caseNumber: string,
  facets: Partial<Facets>,
  options: { store?: number; appliedAt?: number; at?: number } = {},
): AfterSaleCase {
  return reportAgain(undefined, caseNumber, facets, options)
}

/** The case after one more report, which is newer than all before it. */
export function reportAgain(
  afterSale: AfterSaleCase | undefined,
  caseNumber: string,
  facets: Partial<Facets>,
  { store = 1, appliedAt, at = NOON }: { store?: number; appliedAt?: number; at?: number } = {},
): AfterSaleCase {
  const decision = decide(afterSale, {
    type: 'RecordObservation',
    identity: { organisation: '1', store: String(store), marketplace: 'mart', caseNumber },
    stamp: { revision: Math.max(at, (afterSale?.lastSeen?.revision ?? 0) + 1), observedAt: at },
    ...(appliedAt === undefined ? {} : { appliedAt }),
    facets,
  })
  if (decision.type === 'refused') throw new Error(decision.reason)
  const after = decision.events.reduce<AfterSaleCase | undefined>(evolve, afterSale)
  if (after === undefined) throw new Error('nothing was reported')
  return after
}

/** Waits for the merchant, due at `due`, `total` fen at risk. */
export const waiting = (due: number, total: number): Partial<Facets> => ({
  status: { status: 'awaiting-merchant-decision', raw: 'W' },
  kind: { kind: 'refund-only' },
  amounts: { total, legs: {} },
  deadline: { due, forRaw: 'W' },
})

export const changeOf = (
  n: number,
  before: AfterSaleCase | undefined,
  after: AfterSaleCase,
  org = 1,
  at = NOON,
): Change<AfterSaleCase> => ({
  id: caseIdFor(n),
  org,
  store: Number(after.store),
  before,
  after,
  at,
})

/** Applies all projections in one transaction, as the write path does. */
export const applyChanges = (database: DataSource, changes: readonly Change<AfterSaleCase>[]): Promise<void> =>
  database.transaction(async (manager) => {
    for (const projection of projections) await projection.apply(manager, changes)
  })

/** Pseudo-random whole numbers, the same for the same seed. */
export function seededDraw(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}
