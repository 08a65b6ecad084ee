import { withTenants } from '#event-store'
import type { AfterSaleCase } from '#after-sale'
import { FollowCases } from '#analytics'
import { CarryOutErasures } from '#case-handling'
import { projections, rebuild } from '#read-models'
import { rowsOf } from '../../../../test/postgres/test-database'
import { NOON } from '../../../../test/support/anywhere-marketplace'
import { aRefundRequest } from '../../../../test/support/cases'
import { BUYER, NAME, OVER, SECOND, useErasures } from '../../../../test/support/erasure-scenario'

const erasures = useErasures()
const {
  db,
  worker,
  pushed,
  received,
  idOf,
  addEvidence,
  requested,
  carriedOut,
  erased,
  stateOf,
  traces,
  finishedCase,
} = erasures

const rowCounts = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT (SELECT count(*)::int FROM message) AS messages, (SELECT count(*)::int FROM event) AS events')

describe('the erasure of a buyer (S12)', () => {
  it('leaves nothing of the buyer in any table, message or file, as far as any key that exists opens it', async () => {
    const id = await finishedCase('1')
    expect(await traces()).toEqual([
      ...[
        'case_note opened',
        'case_search.name_hash',
        'case_search.phone_hash',
        'case_search.phone_tail_hash',
        'event buyer',
        'event.body',
      ],
      ...['message opened', 'outgoing.body', 'queue_row.name_mask', 'queue_row.phone_mask', 'queue_row.reason_text'],
      ...['stream buyer', 'stream.state'],
    ])
    const hash = await addEvidence(id, 'another')
    expect(await erased(id)).toBe(1)
    expect(await traces()).toEqual([])
    expect(await erasures.evidence.get(erasures.shop.org, hash)).toBeUndefined()
    expect(await rowsOf(db, 'SELECT hash FROM evidence_piece')).toEqual([])
    expect(await rowsOf(db, 'SELECT messages, pieces FROM erasure')).toEqual([{ messages: 4, pieces: 2 }])
  })

  it('says when, why and at whose request, and keeps the rest of the case', async () => {
    const id = await finishedCase('1')
    const {
      buyer: _buyer,
      reason: _reason,
      firstReason: _first,
      version,
      ...before
    } = (await stateOf(id)) as AfterSaleCase
    erasures.wait(5 * SECOND)
    await erased(id)
    const after = await stateOf(id)
    expect(after).toEqual({
      ...before,
      version: version + 1,
      reason: { text: '我是***，电话***' },
      firstReason: { text: '我是***，电话***' },
      erased: { at: erasures.now, why: 'buyer-asked', by: 'lin' },
    })
    expect(
      await rowsOf(
        db,
        'SELECT name_mask, phone_mask FROM queue_row UNION ALL SELECT name_hash, phone_hash FROM case_search',
      ),
    ).toEqual([
      { name_mask: null, phone_mask: null },
      { name_mask: null, phone_mask: null },
    ])
  })

  it('leaves others alone: another case of another buyer, and evidence that two cases have', async () => {
    const id = await finishedCase('1')
    const other = await finishedCase('2')
    const shared = await addEvidence(id, 'of both')
    await addEvidence(other, 'of both')
    const before = await stateOf(other)
    await erased(id)
    expect(await stateOf(other)).toEqual(before)
    expect(await erasures.evidence.get(erasures.shop.org, shared)).toBeDefined()
    expect(await rowsOf(db, 'SELECT count(*)::int AS n FROM evidence_piece')).toEqual([{ n: 2 }])
  })

  it('holds when the marketplace sends the buyer again: the case is updated without them', async () => {
    const id = await finishedCase('1')
    await erased(id)
    const about = { case: '1', buyer: BUYER, reason: `${NAME}`, revision: NOON + 9 * SECOND }
    await pushed(
      { ...about, status: 'closed' },
      { ...about, as: 'announcement' },
      { ...about, as: 'unintelligible-named' },
    )
    await received()
    expect((await stateOf(id))?.status?.status).toBe('closed')
    expect(await traces()).toEqual([])
  })

  it('of messages that wait is done once they are processed, and loses none of them', async () => {
    const id = await finishedCase('1')
    await pushed({ case: '1', buyer: BUYER, revision: NOON + 9 * SECOND, status: 'closed' })
    expect(await erased(id)).toBe(0)
    await received()
    expect((await stateOf(id))?.status?.status).toBe('closed')
    expect(await carriedOut()).toBe(1)
    expect(await traces()).toEqual([])
  })

  it('waits for a case that is open, unless a person confirmed it, and for an action that is not settled', async () => {
    const id = await idOf('1')
    await erasures.scenario.report(
      '1',
      aRefundRequest({ buyer: erasures.shop.sealing.sealBuyer(erasures.shop.org, id, BUYER) }),
    )
    expect(await erased(id)).toBe(0)
    expect((await stateOf(id))?.buyer).toBeDefined()
    await db.database.query('UPDATE erasure SET with_open = true')
    await erasures.scenario.request({ caseId: id, action: { name: 'add-remark', text: NAME } })
    expect(await carriedOut()).toBe(0)
    await erasures.scenario.resolve(id, 'withdrawn')
    expect(await carriedOut()).toBe(1)
    expect(await traces()).toEqual([])
  })

  it('asked for twice, or carried out by two workers at once, is done once', async () => {
    const id = await finishedCase('1')
    await requested([id])
    await requested([id])
    await Promise.all([carriedOut(), carriedOut()])
    await carriedOut()
    expect(await rowsOf(db, `SELECT count(*)::int AS n FROM event WHERE type = 'BuyerErased'`)).toEqual([{ n: 1 }])
    expect(await rowsOf(db, 'SELECT id FROM erasure WHERE finished_at IS NULL')).toEqual([])
    expect(await traces()).toEqual([])
  })

  it('changes no total: analytics, counts of the queue, rows of messages and events', async () => {
    const ids = [await finishedCase('1'), await finishedCase('2'), await finishedCase('3')]
    const follow = async (): Promise<void> => {
      await erasures.untilReadable()
      while ((await new FollowCases(db.database).next(erasures.now, [erasures.shop.org])) > 0);
    }
    const totals = async (): Promise<unknown> => [
      await rowsOf(db, 'SELECT t.*::text AS cell FROM measure_day t ORDER BY 1'),
      await rowsOf(db, `SELECT (to_jsonb(t) - 'version')::text AS fact FROM case_fact t ORDER BY 1`),
      await rowsOf(db, 'SELECT t.*::text AS count FROM queue_count t ORDER BY 1'),
    ]
    await follow()
    const [before, [counts]] = [await totals(), (await rowCounts()) as [{ messages: number; events: number }]]
    await erased(...ids)
    await follow()
    expect(await totals()).toEqual(before)
    expect(await rowCounts()).toEqual([{ messages: counts.messages, events: counts.events + 3 }])
  })

  it('stays when read models are rebuilt from the cases, and cases from their events', async () => {
    const id = await finishedCase('1')
    await erased(id)
    const before = await stateOf(id)
    await db.database.query('UPDATE stream SET fold = 1')
    for (const readModel of projections) {
      const report = await rebuild(db.database, readModel, {
        ...{ holder: 'test', signal: new AbortController().signal, startOver: true },
      })
      expect(report).toMatchObject({ differing: 0, orphans: 0, totals: 0 })
    }
    expect(await stateOf(id)).toEqual(before)
    expect(await traces()).toEqual([])
  })

  it('goes on after a crash between two batches', async () => {
    const ids: string[] = []
    for (let n = 0; n < 45; n++) await pushed({ case: `many-${n}`, buyer: BUYER, fen: 1, ...OVER })
    await received()
    for (let n = 0; n < 45; n++) ids.push(await idOf(`many-${n}`))
    await requested(ids)
    let batches = 0
    const dying = erasures.handler()
    const killed = withTenants([erasures.shop.org], () =>
      dying.execute(
        new CarryOutErasures({
          get aborted(): boolean {
            return ++batches > 2
          },
        } as AbortSignal),
      ),
    )
    expect(await killed).toBe(0)
    expect(await rowsOf(db, 'SELECT count(*)::int AS n FROM erasure_case WHERE erased_at IS NULL')).toEqual([{ n: 5 }])
    expect(await carriedOut()).toBe(1)
    expect(await traces()).toEqual([])
  })

  it('may change the events of a case that is to be erased, and of no other', async () => {
    const id = await finishedCase('1')
    const rewrite = (org = erasures.shop.org): Promise<unknown> =>
      withTenants([org], () =>
        worker.database.query(`SELECT rewrite_erased_case($1, '{1}', '{"{}"}', '{}', '{}', '{}')`, [id]),
      )
    await expect(rewrite()).rejects.toThrow('not to be erased')
    await requested([id])
    await expect(rewrite(erasures.shop.org + 1)).rejects.toThrow('not to be erased')
    await carriedOut()
    await expect(rewrite()).rejects.toThrow('not to be erased')
    await expect(
      withTenants([erasures.shop.org], () => worker.database.query('UPDATE event SET body = body')),
    ).rejects.toThrow('permission denied')
  })
})
