import { randomUUID } from 'node:crypto'
import { batchSealingOf } from '#access'
import type { Facets } from '#after-sale'
import { withTenants } from '#event-store'
import { rowsOf } from '../../../../test/postgres/test-database'
import { NOON } from '../../../../test/support/anywhere-marketplace'
import { aRefundRequest } from '../../../../test/support/cases'
import { BUYER, NAME, SECOND, useErasures } from '../../../../test/support/erasure-scenario'

const erasures = useErasures()
const { db, worker, pushed, received, idOf, requested, carriedOut, erased, stateOf, traces, finishedCase } = erasures

const orderOf = (...titles: readonly string[]): Facets['order'] => ({
  orderNumber: 'order-1',
  lines: titles.map((title, n) => ({ lineId: String(n), title })),
})

async function addBatch(state: 'frozen' | 'running' | 'ended', ...cases: readonly string[]): Promise<string> {
  const id = randomUUID()
  const { org } = erasures.shop
  const sealed = batchSealingOf(erasures.shop.vault).sealBatch({ org, id }, JSON.stringify({ text: NAME }))
  await rowsOf(
    db,
    `INSERT INTO action_batch (id, org, action, sealed, state, created_at, created_by, actor, asked) VALUES ($1, $2, 'add-remark', $3, $4, 1, 'lin', '1', 1)`,
    [id, org, sealed, state],
  )
  for (const [n, stream] of cases.entries())
    await rowsOf(
      db,
      `INSERT INTO action_batch_item (batch, n, org, case_id, store, intent, judged, by_hand, state) VALUES ($1, $2, $3, $4, $5, $6, 1, false, 'taken')`,
      [id, n, org, stream, (await erasures.shop.store()).id, randomUUID()],
    )
  return id
}
const batches = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT state, sealed IS NULL AS forgotten FROM action_batch ORDER BY state')

describe('what else names an erased buyer', () => {
  it('is the title of goods made for the buyer: it is redacted, and later reports do not bring it back', async () => {
    const id = await idOf('1')
    const buyer = erasures.shop.sealing.sealBuyer(erasures.shop.org, id, BUYER)
    const named = `刻字：${NAME}`
    await erasures.scenario.report('1', aRefundRequest({ buyer, order: orderOf(named, '马克杯') }))
    await requested([id], true)
    expect(await carriedOut()).toBe(1)
    await erasures.scenario.report('1', aRefundRequest({ order: orderOf(named, '马克杯', named) }), 9 * SECOND)
    expect((await stateOf(id))?.order?.lines).toEqual([
      { lineId: '0', title: '刻字：***' },
      { lineId: '1', title: '马克杯' },
      { lineId: '2' },
    ])
    expect(await traces()).toEqual([])
  })

  it('is the text of a batch about the buyer’s case: a set goes, an ended one keeps no text, others stay', async () => {
    const id = await finishedCase('1')
    const other = await finishedCase('2')
    await addBatch('frozen', id)
    await addBatch('ended', other, id)
    expect(await traces()).toContain('action_batch opened')
    await erased(id)
    expect(await batches()).toEqual([{ state: 'ended', forgotten: true }])
    await addBatch('ended', other)
    expect(await batches()).toContainEqual({ state: 'ended', forgotten: false })
  })

  it('is needed as long as the batch is at work: the case waits until it ends', async () => {
    const id = await finishedCase('1')
    await addBatch('running', id)
    expect(await erased(id)).toBe(0)
    expect((await stateOf(id))?.erased).toBeUndefined()
    await rowsOf(db, `UPDATE action_batch SET state = 'ended'`)
    expect(await carriedOut()).toBe(1)
    expect(await traces()).toEqual([])
  })

  it('is what a marketplace answered when the case could not be read', async () => {
    const id = await finishedCase('1')
    await rowsOf(db, 'UPDATE reading SET failure = $2 WHERE stream = $1', [id, `no such buyer: ${NAME}`])
    expect(await traces()).toContain('reading.failure')
    await erased(id)
    expect(await traces()).toEqual([])
  })

  it('stays while the erasure of its own case waits: another erasure takes no message of it', async () => {
    const [id, open] = [await finishedCase('1'), await idOf('2')]
    await pushed({ case: '2', buyer: BUYER, status: 'awaiting-merchant-decision' })
    await pushed({ case: '2', buyer: BUYER, as: 'announcement' })
    await received()
    await requested([open])
    expect(await erased(id)).toBe(1)
    await pushed({ case: '2', buyer: BUYER, as: 'announcement', revision: NOON + SECOND })
    await received()
    expect(await rowsOf(db, 'SELECT messages FROM erasure ORDER BY id')).toEqual([{ messages: 0 }, { messages: 4 }])
    expect(await traces()).toContain('message opened')
    expect((await stateOf(open))?.buyer).toBeDefined()
  })

  it('holds when the marketplace repeats an old report that changes nothing', async () => {
    const id = await finishedCase('1')
    await erased(id)
    await pushed({ case: '1', buyer: BUYER, revision: NOON - 7 * SECOND, reason: NAME })
    await received()
    expect(await traces()).toEqual([])
  })
})

describe('the function that rewrites events', () => {
  it('refuses a case of another organisation, even if a request of one names it', async () => {
    const id = await finishedCase('1')
    const other = erasures.shop.org + 1
    await rowsOf(
      db,
      `WITH asked AS (INSERT INTO erasure (org, why, requested_at, with_open) VALUES ($1, 'buyer-asked', 1, true) RETURNING id)
       INSERT INTO erasure_case (stream, erasure, org, store) SELECT $2, id, $1, 1 FROM asked`,
      [other, id],
    )
    await expect(
      withTenants([other], () =>
        worker.database.query(`SELECT rewrite_erased_case($1, '{1}', '{"{}"}', '{}', '{}', '{}')`, [id]),
      ),
    ).rejects.toThrow('not to be erased')
  })

  it('works once, even if its row says that it was not done; and a worker can request nothing', async () => {
    const id = await finishedCase('1')
    await erased(id)
    const asWorker = (sql: string): Promise<unknown> =>
      withTenants([erasures.shop.org], () => worker.database.query(sql))
    await asWorker('UPDATE erasure_case SET erased_at = NULL')
    await expect(asWorker(`SELECT rewrite_erased_case('${id}', '{1}', '{"{}"}', '{}', '{}', '{}')`)).rejects.toThrow(
      'not to be erased',
    )
    await expect(asWorker('UPDATE erasure_case SET stream = stream')).rejects.toThrow('permission denied')
    await expect(
      asWorker(
        'INSERT INTO erasure_case (stream, erasure, org, store) SELECT stream, erasure, org, store FROM erasure_case',
      ),
    ).rejects.toThrow('permission denied')
  })
})
