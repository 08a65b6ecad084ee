import type { AfterSaleCase, Facets, RecordObservation } from '#after-sale'
import { decide, fold } from '#after-sale'
import { inbound } from './inbound'
import type { Fields } from './samples/messages'
import { detailOf, pushOf, rowOf, stored } from './samples/messages'

const told = (raw: string, channel: 'list' | 'detail' | 'push' = 'list'): RecordObservation => {
  const said = inbound.translate(stored(channel, raw))
  if (said.type !== 'observed') throw new Error(JSON.stringify(said))
  const { caseNumber } = said.case
  return {
    type: 'RecordObservation',
    identity: { organisation: 'o', store: 's', marketplace: 'douyin', caseNumber },
    ...said.report,
  }
}
const facetsOf = (raw: string, channel?: 'list' | 'detail'): Partial<Facets> => told(raw, channel).facets
const merged = (reports: readonly RecordObservation[]): AfterSaleCase | undefined => {
  let file: AfterSaleCase | undefined
  for (const report of reports) {
    const decision = decide(file, report)
    if (decision.type === 'decided') file = fold(decision.events, file)
  }
  return file
}

describe('when the goods were delivered', () => {
  const parcel = (tracking_no: string, logistics_state: number, logistics_time: number): Fields => ({
    tracking_no,
    logistics_state,
    logistics_time,
  })
  const signed = 1_772_600_000
  const delivered = (...order_logistics: Fields[]) => facetsOf(rowOf({ order_logistics })).goods?.deliveredAt

  it('R163: is the time at which the parcel was signed for, from the list and from the detail', () => {
    const order = [parcel('YT1', 2, signed)]
    expect(delivered(...order)).toBe(signed * 1000)
    expect(facetsOf(detailOf({}, null, { order }), 'detail').goods?.deliveredAt).toBe(signed * 1000)
  })

  it.each<[string, Fields[]]>([
    ['a parcel on its way', [parcel('YT1', 0, signed)]],
    ['a parcel that was refused', [parcel('YT1', 1, signed)]],
    ['a parcel without a time', [parcel('YT1', 2, 0)]],
    ['two parcels of which one is on its way', [parcel('YT1', 2, signed), parcel('YT2', 0, signed)]],
    ['no parcel', []],
  ])('is not told of %s', (_, parcels) => expect(delivered(...parcels)).toBeUndefined())

  it('of two parcels is the time of the later', () => {
    expect(delivered(parcel('YT1', 2, signed + 60), parcel('YT2', 2, signed))).toBe((signed + 60) * 1000)
  })

  it('is not disturbed by a parcel that the merchant sent later', () => {
    const logistics = { order: [parcel('YT1', 2, signed)], exchange: parcel('YT9', 0, signed + 99) }
    expect(facetsOf(detailOf({}, null, logistics), 'detail').goods?.deliveredAt).toBe(signed * 1000)
  })
})

describe('what the platform thinks of a return', () => {
  it.each([
    [-1, ['risk:ok']],
    [1, ['risk:abnormal']],
    [0, []],
    [7, ['risk:7']],
    [undefined, []],
  ])('risk_decision_code %s is %j', (risk_decision_code, flags) => {
    expect(facetsOf(rowOf({ risk_decision_code }, {}, { tags: [] })).flags).toEqual(flags)
  })

  it('R147: the marks of its assistant have names', () => {
    expect(facetsOf(rowOf({ auto_audit_bits: [7, 2] }, {}, { tags: [] })).flags).toEqual([
      'assistant:refund-agreed',
      'assistant:return-agreed',
      'auto-audit:2',
      'auto-audit:7',
    ])
  })
})

describe('R148: money that the platform advances', () => {
  const paid = { aftersale_status: 12, refund_status: 3, aftersale_status_to_final_time: 1772712000, refund_type: 3 }
  const row = told(rowOf({ ...paid, aftersale_refund_type: 5, auto_audit_bits: [3] }))
  const detail = told(
    detailOf({ ...paid, after_sale_status: 12, aftersale_status: undefined, auto_audit_bits: undefined }),
    'detail',
  )
  const push = told(pushOf('206', { aftersale_status: 12 }), 'push')

  it('is advanced by the platform, and stays so in whatever order list, detail and push come', () => {
    const orders = [
      [row, detail, push],
      [row, push, detail],
      [detail, row, push],
      [detail, push, row],
      [push, row, detail],
      [push, detail, row],
    ]
    for (const order of orders) expect(merged(order)?.money).toEqual({ stage: 'advanced', payer: 'platform' })
  })

  it('a refund in the ordinary way is told by the detail as well', () => {
    const ordinary = detailOf({ ...paid, after_sale_status: 12, refund_type: 0 })
    expect(facetsOf(ordinary, 'detail').money).toEqual({ stage: 'refunded' })
  })
})
