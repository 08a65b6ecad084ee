import type { AfterSaleCase, Facets, RecordObservation } from '#after-sale'
import { decide, fold } from '#after-sale'
import { inbound } from '.'
import { detailOf, pushOf, rowOf, storedMessage } from '../samples/messages'

const observed = (raw: string, channel: 'list' | 'detail' | 'push' = 'list'): RecordObservation => {
  const translation = inbound.translate(storedMessage(channel, raw))
  if (translation.type !== 'observed') throw new Error(JSON.stringify(translation))
  const { caseNumber } = translation.case
  return {
    type: 'RecordObservation',
    identity: { organisation: 'o', store: 's', marketplace: 'douyin', caseNumber },
    ...translation.report,
  }
}
const facetsOf = (raw: string, channel?: 'list' | 'detail'): Partial<Facets> => observed(raw, channel).facets
const merged = (reports: readonly RecordObservation[]): AfterSaleCase | undefined => {
  let afterSale: AfterSaleCase | undefined
  for (const report of reports) {
    const decision = decide(afterSale, report)
    if (decision.type === 'decided') afterSale = fold(decision.events, afterSale)
  }
  return afterSale
}

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
  const paid = { aftersale_status: 12, refund_status: 3, aftersale_status_to_final_time: 1772712000 }
  const row = observed(rowOf({ ...paid, refund_type: 3, aftersale_refund_type: 5, auto_audit_bits: [3] }))
  const detail = observed(detailOf({ ...paid, after_sale_status: 12, refund_type: 0, auto_audit_bits: [3] }), 'detail')
  const push = observed(pushOf('206', { aftersale_status: 12 }), 'push')

  it('is advanced by the platform, and stays so in whatever order list, detail and push arrive', () => {
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

  it('an ordinary refund is reported by the detail as well', () => {
    const ordinary = detailOf({ ...paid, after_sale_status: 12, refund_type: 0 })
    expect(facetsOf(ordinary, 'detail').money).toEqual({ stage: 'refunded' })
  })
})
