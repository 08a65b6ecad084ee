/** Seeds cases with a running deadline by set-based SQL, copied from a template case that the model made. */
import type { Client } from 'pg'
import type { AfterSaleCase } from '#after-sale'
import { FOLD_VERSION, decide, fold, timersOf } from '#after-sale'
import { MORNING } from '../pushes'

export const HOUR = 3_600_000
/** Deadline number n is due at `FIRST_DUE + n`, so that n + 1 of them are due by then. */
export const FIRST_DUE = MORNING + 48 * HOUR

function templateCase(org: number, store: number): AfterSaleCase {
  const decision = decide(undefined, {
    type: 'RecordObservation',
    identity: {
      organisation: String(org),
      store: String(store),
      marketplace: 'douyin',
      caseNumber: '7000000000000000000',
    },
    stamp: { revision: MORNING, observedAt: MORNING + 500 },
    appliedAt: MORNING,
    facets: {
      status: { status: 'awaiting-merchant-decision', raw: '6' },
      kind: { kind: 'refund-only', variant: 'shipped' },
      amounts: { total: 8900, legs: { GOODS: 8900, FREIGHT: 0 } },
      reasonCode: { code: '1' },
      deadline: { due: FIRST_DUE, forRaw: '6' },
      order: { orderNumber: '4835804142146756441', lines: [{ lineId: '4835804142146756441' }] },
      money: { stage: 'asked' },
    },
  })
  const afterSale = decision.type === 'decided' ? fold(decision.events) : undefined
  if (afterSale === undefined || timersOf(afterSale)[0]?.due !== FIRST_DUE)
    throw new Error('the template case has no deadline')
  return afterSale
}

/** Inserts `count` streams, each complete: opening event, state, timer. */
export async function seedPending(
  client: Client,
  org: number,
  stores: readonly number[],
  count: number,
): Promise<void> {
  const [store = 0] = stores
  await client.query(
    `INSERT INTO stream (id, org, store, version, fold, revision, state)
     SELECT md5('case ' || n)::uuid, $1, s.store, 1, $2, $3::bigint,
       $4::jsonb || jsonb_build_object('caseNumber', (7000000000000000000 + n)::text, 'store', s.store::text,
         'deadline', jsonb_build_object('due', $5::bigint + n, 'forRaw', '6'))
     FROM generate_series(0, $6::int - 1) AS n, LATERAL (SELECT ($7::int[])[1 + n % $8::int] AS store) s`,
    [org, FOLD_VERSION, MORNING, JSON.stringify(templateCase(org, store)), FIRST_DUE, count, stores, stores.length],
  )
  await client.query(
    `INSERT INTO event (stream, version, org, type, body, message_id, occurred_at, recorded_at)
     SELECT id, 1, org, 'CaseOpened', '{}', NULL, revision, revision FROM stream`,
  )
  await client.query(
    `INSERT INTO timer (stream, kind, org, due_at)
     SELECT id, 'SELLER_RESPONSE', org, (state #>> '{deadline,due}')::bigint FROM stream`,
  )
}
