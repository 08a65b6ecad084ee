/** Fields whose names or values are easily mistaken: quantities, the parcel's state, the refund channel. */
import type { Facets } from '#after-sale'
import { translate } from './translate'
import { detailOf, LINE_NUMBER, rowOf, storedMessage } from '../samples/messages'
import type { Fields } from '../samples/messages'

const facetsOf = (channel: 'list' | 'detail', raw: string): Partial<Facets> => {
  const translation = translate(storedMessage(channel, raw))
  if (translation.type !== 'observed') throw new Error(JSON.stringify(translation))
  return translation.report.facets
}
const row = (...parts: Parameters<typeof rowOf>) => facetsOf('list', rowOf(...parts))
const detail = (...parts: Parameters<typeof detailOf>) => facetsOf('detail', detailOf(...parts))

describe('quantities (fault A8)', () => {
  const listed = (bought: number, claimed: number | string | null | undefined, id = LINE_NUMBER): Fields => ({
    sku_order_id: String(id),
    order_status: 3,
    item_num: bought,
    aftersale_item_num: claimed,
  })
  const detailed = (bought: number, claimed: number | string | null | undefined, id = LINE_NUMBER): Fields => ({
    sku_order_id: id,
    order_status: 3,
    item_quantity: bought,
    after_sale_item_count: claimed,
  })

  it('what is claimed is reported, not what was bought, and lines with nothing claimed are left out', () => {
    const lines = [{ lineId: String(LINE_NUMBER), quantity: 3 }]
    expect(row({}, { related_order_info: [listed(9, 3), listed(2, 0, LINE_NUMBER + 1n)] }).order?.lines).toEqual(lines)
    const sku_order_infos = [detailed(9, 3), detailed(2, 0, LINE_NUMBER + 1n)]
    expect(detail({}, null, {}, { sku_order_infos }).order?.lines).toEqual(lines)
  })

  it.each<[string, number | string | null | undefined, number | undefined]>([
    ['a text', '3', 3],
    ['absent', undefined, undefined],
    ['null', null, undefined],
    ['empty', '', undefined],
    ['negative', -1, undefined],
  ])(
    'a claimed quantity that is %s is reported as such and never taken from what was bought',
    (_, claimed, quantity) => {
      const lines = [{ lineId: String(LINE_NUMBER), ...(quantity === undefined ? {} : { quantity }) }]
      expect(row({}, { related_order_info: [listed(9, claimed)] }).order?.lines).toEqual(lines)
      expect(detail({}, null, {}, { sku_order_infos: [detailed(9, claimed)] }).order?.lines).toEqual(lines)
    },
  )

  it('goods of a line without a claim do not show where those of the case are', () => {
    const related_order_info = [{ ...listed(2, 0, LINE_NUMBER + 1n), order_status: 5 }, listed(9, 3)]
    expect(row({}, { related_order_info }).goods?.stage).toBe('in-transit')
  })

  it('an order without a list of lines does not remove known ones', () => {
    expect(row({}, { related_order_info: undefined })).not.toHaveProperty('order')
    expect(detail({}, null, {}, { sku_order_infos: null })).not.toHaveProperty('order')
  })
})

describe('the state of the order’s parcel (fault A11)', () => {
  const STATES = [0, 1, 2, 3, 4, 5, 6, 7, 255, -1, '3']
  const parcel = (logistics_state: number | string | undefined): Fields => ({
    tracking_no: 'YT1',
    company_name: '圆通速递',
    logistics_state,
    logistics_time: 1772600000,
  })

  it('goods that arrived are delivered, whatever logistics_state is', () => {
    for (const state of STATES) {
      const lines = { order_status: 5 }
      expect(row({ got_pkg: 1, order_logistics: [parcel(state)] }, {}, lines).goods?.stage).toBe('delivered')
      expect(detail({ got_pkg: 1 }, null, { order: [parcel(state)] }).goods?.stage).toBe('delivered')
    }
  })

  it('no value of it changes anything that is reported', () => {
    for (const state of STATES) {
      const [stated, silent] = [parcel(state), parcel(undefined)]
      expect(row({ order_logistics: [stated] })).toEqual(row({ order_logistics: [silent] }))
      expect(detail({}, null, { order: [stated] })).toEqual(detail({}, null, { order: [silent] }))
    }
  })
})

describe('the detail’s refund_type (fault A12)', () => {
  const paid = { after_sale_status: 12, refund_status: 3 }

  it.each([3, 4])('%i is a channel of the money: it is refunded', (refund_type) => {
    expect(detail({ ...paid, refund_type }).money).toEqual({ stage: 'refunded' })
  })

  it('0 is the order’s money, unless the refund was a fast one: that may be advanced, which the list reports', () => {
    expect(detail({ ...paid, refund_type: 0, auto_audit_bits: [7] }).money).toEqual({ stage: 'refunded' })
    for (const bit of [1, 3])
      expect(detail({ ...paid, refund_type: 0, auto_audit_bits: [bit] })).not.toHaveProperty('money')
    expect(detail({ ...paid, refund_type: undefined })).not.toHaveProperty('money')
  })

  it('5 is the platform’s money, as in the list’s aftersale_refund_type', () => {
    expect(detail({ ...paid, refund_type: 5 }).money).toEqual({ stage: 'advanced', payer: 'platform' })
    expect(row({ aftersale_status: 12, refund_status: 3, aftersale_refund_type: 5 }).money).toEqual({
      stage: 'advanced',
      payer: 'platform',
    })
  })

  it('no value of it is taken for the list’s refund_type, which marks fast refunds', () => {
    for (const refund_type of [0, 1, 2, 3, 4, 5, '4'])
      expect(detail({ ...paid, refund_type, auto_audit_bits: [] })).not.toHaveProperty('flags')
    expect(row({ refund_type: 4 }, {}, { tags: [] }).flags).toEqual(['lightning-return'])
  })

  it('only the list reports flags, under names that the detail uses as well', () => {
    const marked = { auto_audit_bits: [7], part_type: 1, risk_decsison_code: 1, agree_refuse_sign: 1 }
    expect(detail(marked)).not.toHaveProperty('flags')
    expect(
      row({ auto_audit_bits: [], risk_decision_code: 1, is_agree_refuse_sign: 1 }, {}, { tags: [] }).flags,
    ).toEqual(['refusal-sign:1', 'risk:abnormal'])
  })

  it('a refund that was agreed may be over or not, where neither its status nor its end is reported', () => {
    const unknownEnd = detail({ after_sale_status: 12, refund_status: 0, aftersale_status_to_final_time: undefined })
    expect(unknownEnd).not.toHaveProperty('status')
    expect(unknownEnd).not.toHaveProperty('deadline')
    expect(detail({ after_sale_status: 12, refund_status: 0, aftersale_status_to_final_time: 0 }).status).toEqual({
      status: 'refunding',
      raw: '12',
    })
  })
})
