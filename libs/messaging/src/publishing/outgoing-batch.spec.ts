import type { AfterSaleCase } from '#after-sale'
import type { FeedRow } from '#event-store'
import { evolve, publicEventOf } from '#after-sale'
import type { CaseEvent } from '#after-sale'
import { NOON, aRefundRequest, anyIdentity } from '../../../../test/support/cases'
import { outgoingBatchOf } from './outgoing-batch'

const STREAM = '0e9b2a34-0000-8000-a000-000000000001'
const opened: CaseEvent = { type: 'CaseOpened', identity: anyIdentity, openedAt: NOON, facets: aRefundRequest() }
const afterSale = evolve(undefined, opened) as AfterSaleCase
const published = publicEventOf(opened, afterSale)
const body = JSON.parse(JSON.stringify(published?.data)) as Record<string, unknown>
const row = (version: number, over: Record<string, unknown> = {}): FeedRow => ({
  ...{
    tx: '1',
    position: version,
    org: 1,
    stream: STREAM,
    version,
    type: 'case-opened.v1',
    recorded_at: NOON + version,
  },
  body: { ...body, ...over },
})

describe('a consignment', () => {
  it('has the events in their order, then the cases as they stand', () => {
    const { requests, rejected } = outgoingBatchOf([row(1), row(2)], [{ id: STREAM, org: 1, state: afterSale }])
    expect(rejected).toEqual([])
    expect(
      requests.map((parcel) => parcel.map(({ topic, headers }) => [topic, headers['ce_id'], headers['ce_time']])),
    ).toEqual([
      [
        ['case-events', `${STREAM}/1/case-opened.v1`, '2026-11-11T04:00:00.001Z'],
        ['case-events', `${STREAM}/2/case-opened.v1`, '2026-11-11T04:00:00.002Z'],
        ['case-snapshots', `${STREAM}/1/case-snapshot.v1`, '2026-11-11T04:00:00.002Z'],
      ],
    ])
  })

  it('is cut into parcels that a broker takes, still in order', () => {
    const long = (version: number): FeedRow => row(version, { change: { reason: { text: '好'.repeat(60_000) } } })
    const { requests } = outgoingBatchOf([long(1), long(2), long(3), long(4)], [])
    expect(requests.map((parcel) => parcel.map(({ headers }) => headers['ce_id']?.split('/')[1]))).toEqual([
      ['1', '2'],
      ['3', '4'],
    ])
  })

  it('goes without what is not written down, and without what no broker takes; that is kept with its reason', () => {
    const leaking = row(1, { buyer: 'Wang' })
    const huge = row(2, { change: { reason: { text: '好'.repeat(400_000) } } })
    const { requests, rejected } = outgoingBatchOf([leaking, huge, row(3)], [])
    expect(requests.flat().map(({ headers }) => headers['ce_id'])).toEqual([`${STREAM}/3/case-opened.v1`])
    expect(rejected.map(({ event, reason }) => [event.id, reason])).toEqual([
      [`${STREAM}/1/case-opened.v1`, '/ fails additionalProperties'],
      [`${STREAM}/2/case-opened.v1`, 'larger than 921600 bytes'],
    ])
  })
})
