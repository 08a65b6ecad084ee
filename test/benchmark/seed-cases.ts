/**
 * Fills the read models with as many cases as a large merchant has after years, by statements over whole sets. Rows are
 * of the same shape as the projections write; what a list does not show (streams, events) is made for the newest only.
 */
import type { Kind, Status, Turn } from '#after-sale'
import { NEVER, kindNumberOf, laneOf } from '#read-models'
import { withClient } from './server'

export interface SeedSize {
  readonly cases: number
  readonly stores: number
  /** Share of all cases that the first store has, 0–1. */
  readonly largeShare: number
  /** Share of cases that are not finished yet, 0–1. */
  readonly openShare?: number
  readonly org?: number
  /** Number of the first store. */
  readonly firstStore?: number
  /** Number of the first case; organisations of one database have different ones. */
  readonly firstCase?: number
  /** UTC ms around which due times are spread. */
  readonly now?: number
  /** Cases that have a stream behind them as well. */
  readonly streams?: number
}

/** Search terms of case n. Names and phone numbers repeat over the cases, as common names and last digits do. */
export const searchTerms = {
  orderOf: (n: number): string => `O-${n}`,
  nameHashOf: (n: number): string => `name-${n % 40_000}`.padEnd(22, '.'),
  phoneHashOf: (n: number): string => `phone-${n % 2_000_000}`.padEnd(22, '.'),
  tailHashOf: (n: number): string => `tail-${n % 10_000}`.padEnd(22, '.'),
}

/** The share of cases with this turn, status and kind. */
interface Mix {
  readonly turn: Turn
  readonly status: Status
  readonly kind: Kind
  readonly share: number
}

const KIND_SHARES: readonly [Kind, number][] = [
  ['refund-only', 0.52],
  ['return-and-refund', 0.37],
  ['exchange', 0.07],
  ['resend', 0.03],
  ['repair', 0.01],
]
const OPEN_SHARES: readonly [Turn, Status, number][] = [
  ['us', 'awaiting-merchant-decision', 0.3],
  ['us', 'awaiting-merchant-receipt', 0.1],
  ['us', 'awaiting-merchant-shipment', 0.02],
  ['us', 'awaiting-recall', 0.005],
  ['buyer', 'awaiting-buyer-return', 0.25],
  ['buyer', 'awaiting-buyer-action', 0.05],
  ['buyer', 'refused', 0.05],
  ['buyer', 'awaiting-buyer-receipt', 0.015],
  ['platform', 'refunding', 0.13],
  ['platform', 'platform-handling', 0.06],
  ['carrier', 'awaiting-refusal', 0.02],
]

function buildMix(openShare: number): Mix[] {
  const stages: [Turn, Status, number][] = [
    ...OPEN_SHARES.map(([turn, status, share]): [Turn, Status, number] => [turn, status, share * openShare]),
    ['nobody', 'succeeded', 0.8 * (1 - openShare)],
    ['nobody', 'closed', 0.2 * (1 - openShare)],
  ]
  return stages.flatMap(([turn, status, share]) =>
    KIND_SHARES.map(([kind, part]) => ({ turn, status, kind, share: share * part })),
  )
}

/** Fills the tables, then refreshes the planner's statistics. About a minute for five million on two cores. */
export async function seedCases(url: string, size: SeedSize): Promise<void> {
  const {
    cases,
    stores,
    largeShare,
    openShare = 0.12,
    org = 1,
    firstStore = 1,
    firstCase = 1,
    now = Date.now(),
    streams = 1_000,
  } = size
  const mix = buildMix(openShare)
  const total = mix.reduce((sum, part) => sum + part.share, 0)
  let cumulativeShare = 0
  const upperEdges = mix.map((part) => (cumulativeShare += part.share / total))
  // With a client of its own: our connections give a statement a minute.
  await withClient(url, async (client) => {
    await client.query('SET synchronous_commit = off')
    await client.query(`SET work_mem = '64MB'`)
    const values = [
      cases,
      stores,
      largeShare,
      org,
      firstStore,
      now,
      NEVER,
      upperEdges,
      mix.map((part) => laneOf(part.turn, part.status)),
      mix.map((part) => part.turn),
      mix.map((part) => part.status),
      mix.map((part) => part.kind),
      mix.map((part) => kindNumberOf(part.kind)),
      firstCase,
    ]
    const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(SECONDARY_INDEXES)
    for (const { indexname } of indexes) await client.query(`DROP INDEX ${indexname}`)
    for (const table of SEARCH_TABLES) await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_pkey`)
    await client.query(INSERT_QUEUE_ROWS, values)
    await client.query(INSERT_SEARCH_ROWS, [cases, org, now, firstCase])
    await client.query(`SET maintenance_work_mem = '256MB'`)
    for (const table of SEARCH_TABLES)
      await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${table}_pkey PRIMARY KEY (case_id)`)
    for (const { indexdef } of indexes) await client.query(indexdef)
    await client.query(INSERT_COUNTS, [org])
    await client.query(INSERT_STREAMS, [Math.min(streams, cases), firstCase + cases - 1, org])
    for (const table of ['queue_row', 'queue_count', 'case_search', 'stream'])
      await client.query(`VACUUM (ANALYZE) ${table}`)
  })
}

const SEARCH_TABLES = ['queue_row', 'case_search']
const SECONDARY_INDEXES = `
  SELECT indexname, indexdef FROM pg_indexes
  WHERE schemaname = current_schema() AND tablename IN ('queue_row', 'case_search') AND indexname NOT LIKE '%_pkey'`

/** The id of case n: spread like the hashes that real ids are. */
const ID = `md5('case-' || n)::uuid`
/** SQL for a pseudo-random number 0 ≤ x < 1 of row n; differs by salt, equal in every run. */
const pseudoRandomSql = (salt: string): string => `((hashint8(n * 31 + ${salt})::float8 + 2147483648) / 4294967296)`

const INSERT_QUEUE_ROWS = `
  INSERT INTO queue_row (case_id, org, store, lane, kind_number, due_at, risk_fen, amount_fen, applied_at, updated_at, goods_count,
    marketplace, case_number, order_number, turn, status, kind, due_kind, due_source, due_breach, reason_text, goods_title,
    name_mask, phone_mask)
  SELECT ${ID}, $4::int,
    CASE WHEN ${pseudoRandomSql('1')} < $3::float8 THEN $5::int ELSE $5::int + 1 + floor(${pseudoRandomSql('2')} * ($2::int - 1))::int END,
    lane, kind_number,
    CASE WHEN turn = 'nobody' OR ${pseudoRandomSql('3')} < 0.05 THEN $7::bigint
      ELSE $6::bigint - 7200000 + floor(power(${pseudoRandomSql('4')}, 2) * 7 * 86400000)::bigint END,
    CASE WHEN turn = 'nobody' THEN 0 ELSE amount END, amount, applied_at, applied_at + floor(${pseudoRandomSql('6')} * 86400000)::bigint, 1,
    'mart-' || n % 2, 'A' || n, 'O-' || n, turn, status, kind,
    CASE WHEN turn = 'nobody' THEN NULL ELSE 'SELLER_RESPONSE' END, CASE WHEN turn = 'nobody' THEN NULL ELSE 'OBSERVED' END,
    CASE WHEN turn = 'nobody' THEN NULL ELSE 'platform-refunds' END, '七天无理由退货', '春季新款手机壳 防摔 全包 透明 ' || n % 1000, '王**', '138****' || lpad((n % 10000)::text, 4, '0')
  FROM (
    SELECT n, 100 + floor(power(${pseudoRandomSql('5')}, 3) * 300000)::bigint AS amount,
      $6::bigint - floor(($14::bigint + $1::bigint - 1 - n) * (86400000::float8 * 730 / $1::bigint))::bigint AS applied_at,
      ($9::int[])[at] AS lane, ($10::text[])[at] AS turn, ($11::text[])[at] AS status, ($12::text[])[at] AS kind,
      ($13::smallint[])[at] AS kind_number
    FROM (SELECT n, least(width_bucket(${pseudoRandomSql('7')}, $8::float8[]) + 1, array_length($8::float8[], 1)) AS at FROM generate_series($14::bigint, $14::bigint + $1::bigint - 1) AS n) AS m
  ) AS c`

const INSERT_SEARCH_ROWS = `
  INSERT INTO case_search (case_id, org, dated, sorted_at, order_number, name_hash, phone_hash, phone_tail_hash)
  SELECT ${ID}, $2::int, true, $3::bigint - floor(($4::bigint + $1::bigint - 1 - n) * (86400000::float8 * 730 / $1::bigint))::bigint, 'O-' || n,
    rpad('name-' || n % 40000, 22, '.'), rpad('phone-' || n % 2000000, 22, '.'), rpad('tail-' || n % 10000, 22, '.')
  FROM generate_series($4::bigint, $4::bigint + $1::bigint - 1) AS n`

const INSERT_COUNTS = `
  INSERT INTO queue_count (org, store, lane, kind_number, shard, n)
  SELECT org, store, lane, kind_number, 0, count(*) FROM queue_row WHERE org = $1 GROUP BY 1, 2, 3, 4`

const INSERT_STREAMS = `
  INSERT INTO stream (id, org, store, version, fold, revision, state)
  SELECT case_id, org, store, 1, 1, updated_at, jsonb_build_object('organisation', org::text, 'store', store::text, 'marketplace', marketplace,
    'caseNumber', case_number, 'version', 1, 'openedAt', applied_at, 'appliedAt', applied_at,
    'order', jsonb_build_object('orderNumber', order_number, 'lines', jsonb_build_array()),
    'status', jsonb_build_object('status', status, 'raw', 'W'), 'kind', jsonb_build_object('kind', kind),
    'amounts', jsonb_build_object('total', amount_fen, 'legs', jsonb_build_object()), 'stamps', jsonb_build_object(),
    'reached', jsonb_build_object(), 'passed', jsonb_build_object())
  FROM (SELECT * FROM queue_row WHERE org = $3 AND case_id IN (
    SELECT md5('case-' || n)::uuid FROM generate_series($2::bigint - $1::bigint + 1, $2::bigint) AS n)) AS newest
  ON CONFLICT DO NOTHING`
