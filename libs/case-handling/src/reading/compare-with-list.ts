import type { DataSource } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { PulledWindow } from '#connectors'
import { requestReads, readRevisions, findStreamsRevisedWithin } from '#event-store'
import { caseIdOf } from '../writing/case-id'
import type { StoreRecord } from '../ports'

/** A push that arrives this long after the change is late. */
const LATE_MS = 60_000
/** The path in a stored case to the time when its newest revision was reported; a change of the model fails to compile. */
const REPORTED_AT = ['lastSeen', 'observedAt'] satisfies [
  keyof AfterSaleCase,
  keyof NonNullable<AfterSaleCase['lastSeen']>,
]

/** How the pushed cases of a window differ from the list, as numbers of cases. */
export interface ListComparison {
  /** In the list, but not known at that revision: the push was lost or is still on its way. */
  readonly missing: number
  /** Known at that revision, but the push came late. */
  readonly late: number
  /** Known to have changed in this window, but not in the list: each is read. */
  readonly extra: number
}

/**
 * Compares what was pushed with the list. `window` is the part that was not proven before; changes before
 * `listeningSince`, when we subscribed, do not count as missing. Times are UTC ms.
 */
export async function compareWithList(
  database: DataSource,
  store: StoreRecord,
  window: {
    readonly from: number
    readonly to: number
    readonly listeningSince: number
    /** Whether to request a reading of the extra cases. */
    readonly readExtra: boolean
  },
  pulled: PulledWindow,
  now: number,
): Promise<ListComparison> {
  const listed = new Map(pulled.cases.map((c) => [caseIdOf(store.org, store.id, c.caseNumber), c.revision]))
  const knownById = new Map(
    (await readRevisions(database, [...listed.keys()], REPORTED_AT)).map((row) => [row.id, row]),
  )
  let missing = 0
  let late = 0
  for (const [id, revision] of listed) {
    if (revision < Math.max(window.from, window.listeningSince)) continue
    const row = knownById.get(id)
    if (row === undefined || row.revision < revision) missing += 1
    else if (row.reported !== null && row.revision === revision && row.reported - revision > LATE_MS) late += 1
  }
  const revisedCases = await findStreamsRevisedWithin(database, store.id, window.from, window.to)
  const extra = revisedCases.filter(({ id }) => !listed.has(id))
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
