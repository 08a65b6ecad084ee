import type { AfterSaleCase } from '#after-sale'
import type { FeedRow } from '#event-store'
import { evolve, publicEventOf } from '#after-sale'
import type { CaseEvent } from '#after-sale'
import { NOON, aRefundRequest, anyIdentity } from '../../../../test/support/cases'
import { outgoingBatchOf } from './outgoing-batch'

const CASE_ID = '0e9b2a34-0000-8000-a000-000000000001'
const opened: CaseEvent = { type: 'CaseOpened', identity: anyIdentity, openedAt: NOON, facets: aRefundRequest() }
const afterSale = evolve(undefined, opened) as AfterSaleCase
const published = publicEventOf(opened, afterSale)
const body = JSON.parse(JSON.stringify(published?.data)) as Record<string, unknown>
const row = (version: number, overrides: Record<string, unknown> = {}): FeedRow => ({
  ...{
    tx: '1',
    position: version,
    org: 1,
    stream: CASE_ID,
    version,
    type: 'case-opened.v1',
    recorded_at: NOON + version,
  },
  body: { ...body, ...overrides },
})

describe('an outgoing batch', () => {
  it('has the events in their order, then a snapshot of each case', () => {
    const { requests, rejected } = outgoingBatchOf([row(1), row(2)], [{ id: CASE_ID, org: 1, state: afterSale }])
    expect(rejected).toEqual([])
    expect(
      requests.map((request) => request.map(({ topic, headers }) => [topic, headers['ce_id'], headers['ce_time']])),
    ).toEqual([
      [
        ['case-events', `${CASE_ID}/1/case-opened.v1`, '2026-11-11T04:00:00.001Z'],
        ['case-events', `${CASE_ID}/2/case-opened.v1`, '2026-11-11T04:00:00.002Z'],
        ['case-snapshots', `${CASE_ID}/1/case-snapshot.v1`, '2026-11-11T04:00:00.002Z'],
      ],
    ])
  })

  it('is split into requests that a broker accepts, still in order', () => {
    const longRow = (version: number): FeedRow => row(version, { change: { reason: { text: '好'.repeat(60_000) } } })
    const { requests } = outgoingBatchOf([longRow(1), longRow(2), longRow(3), longRow(4)], [])
    expect(requests.map((request) => request.map(({ headers }) => headers['ce_id']?.split('/')[1]))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('rejects events with undocumented fields and events that are too large, each with a reason', () => {
    const leaking = row(1, { buyer: 'Wang' })
    const huge = row(2, { change: { reason: { text: '好'.repeat(400_000) } } })
    const { requests, rejected } = outgoingBatchOf([leaking, huge, row(3)], [])
    expect(requests.flat().map(({ headers }) => headers['ce_id'])).toEqual([`${CASE_ID}/3/case-opened.v1`])
    expect(rejected.map(({ event, reason }) => [event.id, reason])).toEqual([
      [`${CASE_ID}/1/case-opened.v1`, '/ fails additionalProperties'],
      [`${CASE_ID}/2/case-opened.v1`, 'larger than 921600 bytes'],
    ])
  })
})
