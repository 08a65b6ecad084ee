import type { Channel, Translation } from '../../contract'
import { inbound } from '.'

const base = { id: 7, order_sn: '260301-7', after_sales_status: 2, after_sales_type: 3, updated_time: '1772328605' }
const translationOf = (channel: Channel, fields: Readonly<Record<string, unknown>>): Translation =>
  inbound.translate({ channel, raw: JSON.stringify(fields), receivedAt: 1 })
const about = { caseNumber: '7', orderNumber: '260301-7' }

describe('a message that is not understood and names a case', () => {
  it('pushed with an unknown type is quarantined and causes a read of the case', () => {
    const content = JSON.stringify({ mall_id: 86, refund_id: 7, tid: '260301-7' })
    expect(translationOf('push', { type: 'pdd_refund_RefundTeleported', mallID: 86, content })).toEqual({
      type: 'unintelligible',
      why: 'push: type pdd_refund_RefundTeleported is not known',
      names: { shop: '86', case: about },
    })
  })

  it.each([{ after_sales_status: 99 }, { after_sales_status: '' }, { after_sales_type: 9 }, { refund_amount: 'x' }])(
    'listed with %j is quarantined and causes a read of the case',
    (fields) => {
      expect(translationOf('list', { ...base, ...fields })).toMatchObject({
        type: 'unintelligible',
        names: { case: about },
      })
      expect(translationOf('detail', { ...base, after_sales_type: 2, ...fields })).not.toHaveProperty('names')
    },
  )

  it('without an order number cannot be read, and so names nothing to read', () => {
    expect(translationOf('list', { ...base, order_sn: '' })).not.toHaveProperty('names')
  })

  it.each(['', null, ' '])('a refund_amount %j of an exchange is an absent one, and its case is there', (amount) => {
    const exchange = { ...base, after_sales_type: 4, refund_amount: amount }
    expect(translationOf('list', exchange)).toMatchObject({ type: 'observed', case: about })
    expect(translationOf('detail', { ...exchange, after_sales_type: 3, expire_time: 1772501405000 })).toMatchObject({
      report: { facets: { kind: { kind: 'exchange' }, deadline: { due: 1772501405000 } } },
    })
  })
})
