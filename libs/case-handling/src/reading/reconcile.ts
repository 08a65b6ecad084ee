import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { PulledWindow } from '#connectors'
import { requestReads, readRevisions, findStreamsRevisedWithin } from '#event-store'
import { caseIdOf } from '../writing/case-id'
import type { StoreRecord } from '../ports'

/** A push that arrives this long after the change is late. */
const LATE_MS = 60_000
/** Where a case says when its newest revision was reported. */
const REPORTED_AT = ['lastSeen', 'observedAt'] satisfies [
  keyof AfterSaleCase,
  keyof NonNullable<AfterSaleCase['lastSeen']>,
]

export interface Reconciled {
  /** In the list, and not yet known at that revision: its push was lost or is still on its way. */
  readonly missing: number
  /** Known, but reported late. */
  readonly late: number
  /** Known to us as changed in this window, and not in the list: read one by one. */
  readonly extra: number
}

/**
 * Compares what was pushed with the list. `window` is the part that was not proven before; changes before we subscribed
 * are not counted as missing.
 */
export async function reconcile(
  database: DataSource,
  store: StoreRecord,
  window: {
    readonly from: number
    readonly to: number
    readonly listeningSince: number
    /** Whether cases that the list lacks are read. */
    readonly readExtra: boolean
  },
  read: PulledWindow,
  now: number,
): Promise<Reconciled> {
  const listed = new Map(read.cases.map((c) => [caseIdOf(store.org, store.id, c.caseNumber), c.revision]))
  const known = new Map((await readRevisions(database, [...listed.keys()], REPORTED_AT)).map((row) => [row.id, row]))
  let missing = 0
  let late = 0
  for (const [id, revision] of listed) {
    if (revision < Math.max(window.from, window.listeningSince)) continue
    const row = known.get(id)
    if (row === undefined || row.revision < revision) missing += 1
    else if (row.reported !== null && row.revision === revision && row.reported - revision > LATE_MS) late += 1
  }
  const ours = await findStreamsRevisedWithin(database, store.id, window.from, window.to)
  const extra = ours.filter(({ id }) => !listed.has(id))
  if (!window.readExtra) return { missing, late, extra: extra.length }
  await database.transaction((manager) =>
    requestReads(
      manager,
      extra.map(({ id, state }) => {
        const afterSale = state as { caseNumber: string; order?: { orderNumber?: string } }
        return {
          stream: id,
          org: store.org,
          store: store.id,
          case_number: afterSale.caseNumber,
          order_number: afterSale.order?.orderNumber ?? null,
          why: 'not in the list',
        }
      }),
      now,
    ),
  )
  return { missing, late, extra: extra.length }
}
