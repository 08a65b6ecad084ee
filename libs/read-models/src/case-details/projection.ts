import type { AfterSaleCase } from '#after-sale'
import { boundedText, NUMBER_LENGTH } from '../bounded-text'
import type { ReadModel } from '../question'

/** The tracking number as `parcel_case` stores it. */
export const trackingKeyOf = (tracking: string): string => boundedText(tracking, NUMBER_LENGTH)

const trackingKeysOf = (afterSale: AfterSaleCase | undefined): ReadonlySet<string> =>
  new Set((afterSale?.goods?.parcels ?? []).map(({ tracking }) => trackingKeyOf(tracking)).filter((key) => key !== ''))

/** Which cases share a parcel. Writes nothing unless the parcels of a case have changed. */
export const sharedParcels: ReadModel = {
  name: 'shared-parcels',
  tables: [{ name: 'parcel_case', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    const removed: ParcelCase[] = []
    const added: ParcelCase[] = []
    for (const { id, org, before, after } of changes) {
      if (before?.goods?.parcels === after.goods?.parcels) continue
      const previousKeys = trackingKeysOf(before)
      const currentKeys = trackingKeysOf(after)
      for (const tracking of previousKeys) if (!currentKeys.has(tracking)) removed.push({ org, tracking, id })
      for (const tracking of currentKeys) if (!previousKeys.has(tracking)) added.push({ org, tracking, id })
    }
    if (removed.length > 0) await manager.query(REMOVE_PARCELS, toColumns(removed))
    if (added.length > 0) await manager.query(ADD_PARCELS, toColumns(added))
  },
}

interface ParcelCase {
  readonly org: number
  readonly tracking: string
  readonly id: string
}

const toColumns = (pairs: readonly ParcelCase[]): unknown[] => [
  pairs.map((p) => p.org),
  pairs.map((p) => p.tracking),
  pairs.map((p) => p.id),
]

const REMOVE_PARCELS = `
  DELETE FROM parcel_case p USING unnest($1::int[], $2::text[], $3::uuid[]) AS g(org, tracking, case_id)
  WHERE p.org = g.org AND p.tracking = g.tracking AND p.case_id = g.case_id`

const ADD_PARCELS = `
  INSERT INTO parcel_case (org, tracking, case_id)
  SELECT * FROM unnest($1::int[], $2::text[], $3::uuid[]) AS a(org, tracking, case_id) ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING`
