import type { AfterSaleCase } from '#after-sale'
import { booleanArray, uuidArray, numberArray, prepared, textArray } from '#event-store'
import { boundedOrNull, NUMBER_LENGTH } from '../bounded-text'
import type { ReadModel } from '../question'

/** The search keys of one case, as stored. */
interface SearchKeys {
  readonly dated: boolean
  readonly sorted_at: number
  readonly order_number: string | null
  readonly name_hash: string | null
  readonly phone_hash: string | null
  readonly phone_tail_hash: string | null
}

const buildSearchKeys = (afterSale: AfterSaleCase): SearchKeys => ({
  dated: afterSale.appliedAt !== undefined,
  sorted_at: afterSale.appliedAt ?? afterSale.openedAt,
  order_number: boundedOrNull(afterSale.order?.orderNumber, NUMBER_LENGTH),
  name_hash: boundedOrNull(afterSale.buyer?.nameHash, NUMBER_LENGTH),
  phone_hash: boundedOrNull(afterSale.buyer?.phoneHash, NUMBER_LENGTH),
  phone_tail_hash: boundedOrNull(afterSale.buyer?.phoneTailHash, NUMBER_LENGTH),
})

const areEqualKeys = (a: SearchKeys, b: SearchKeys): boolean =>
  a.dated === b.dated &&
  a.sorted_at === b.sorted_at &&
  a.order_number === b.order_number &&
  a.name_hash === b.name_hash &&
  a.phone_hash === b.phone_hash &&
  a.phone_tail_hash === b.phone_tail_hash

/** The search keys of all cases. Most changes of a case change none of them, and then nothing is written. */
export const caseSearchRows: ReadModel = {
  name: 'case-search',
  tables: [{ name: 'case_search', caseColumn: 'case_id' }],
  async apply(manager, changes) {
    const rows: CaseSearchRow[] = []
    for (const { id, org, before, after } of changes) {
      const row = buildSearchKeys(after)
      if (before === undefined || !areEqualKeys(buildSearchKeys(before), row)) rows.push({ case_id: id, org, ...row })
    }
    if (rows.length > 0) await manager.query(UPSERT_SEARCH_ROWS, toColumnArrays(rows))
  },
}

type CaseSearchRow = SearchKeys & { readonly case_id: string; readonly org: number }

const toColumnArrays = (rows: readonly CaseSearchRow[]): unknown[] => [
  uuidArray(rows.map((r) => r.case_id)),
  numberArray(rows.map((r) => r.org)),
  booleanArray(rows.map((r) => r.dated)),
  numberArray(rows.map((r) => r.sorted_at)),
  textArray(rows.map((r) => r.order_number)),
  textArray(rows.map((r) => r.name_hash)),
  textArray(rows.map((r) => r.phone_hash)),
  textArray(rows.map((r) => r.phone_tail_hash)),
]

const UPSERT_SEARCH_ROWS = prepared(`
  INSERT INTO case_search (case_id, org, dated, sorted_at, order_number, name_hash, phone_hash, phone_tail_hash)
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::boolean[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[])
  ORDER BY 1
  ON CONFLICT (case_id) DO UPDATE SET
    dated = excluded.dated, sorted_at = excluded.sorted_at, order_number = excluded.order_number,
    name_hash = excluded.name_hash, phone_hash = excluded.phone_hash, phone_tail_hash = excluded.phone_tail_hash`)
