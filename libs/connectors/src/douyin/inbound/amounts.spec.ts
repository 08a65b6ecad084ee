import type { AmountFields } from './amounts'
import { amountsOf } from './amounts'
import { contentOf, detailOf, pushOf, rowOf, storedMessage } from '../samples/messages'
import type { StatusFacts } from '../statuses'
import { translate } from './translate'

const facts = (code: StatusFacts['code'], refund?: StatusFacts['refund'], type?: StatusFacts['type']): StatusFacts => ({
  code,
  type: type ?? 1,
  subType: undefined,
  refund,
  isOver: false,
})
const fields = (over: Partial<AmountFields> = {}): AmountFields => ({
  total: 1937,
  freight: 0,
  refunded: 1744,
  ...over,
})

describe('asked, agreed and actually refunded are three separate facts at Douyin', () => {
  it.each([
    ['applied for', facts(6, 1), undefined, undefined],
    ['return agreed', facts(7, 1), undefined, undefined],
    ['agreed, money waits', facts(12, 1), 1937, undefined],
    ['agreed, money on its way', facts(12, 2), 1937, undefined],
    ['refunded', facts(12, 3), 1937, 1744],
    ['refunded and recovered', facts(12, 5), 1937, 1744],
    ['the refund failed', facts(12, 4), 1937, undefined],
    ['refunded, without a refund status', facts(12, undefined), 1937, 1744],
    ['refused', facts(27, 1), undefined, undefined],
    ['closed', facts(28, undefined), undefined, undefined],
    ['refunded early while the case continues', facts(7, 3), undefined, 1744],
    ['an exchange', facts(14, undefined, 3), undefined, undefined],
    ['an exchange at 12', facts(12, 1, 3), undefined, undefined],
    ['a resend at 12', facts(12, 1, 7), undefined, undefined],
    ['a repair at 12', facts(12, 1, 8), undefined, undefined],
  ])('%s', (_, known, agreed, refunded) => {
    const reported = amountsOf(fields(), known)
    expect([reported.amounts?.total, reported.amountAgreed?.total, reported.amountRefunded?.total]).toEqual([
      1937,
      agreed,
      refunded,
    ])
  })

  it.each([
    ['zero, the wire’s default', 0],
    ['absent', undefined],
    ['null', null],
    ['an empty text', ''],
    ['negative', -1],
    ['a fraction', '17.44'],
  ])('a refund that is %s is unknown, and erases nothing', (_, refunded) => {
    expect(amountsOf(fields({ refunded }), facts(12, 3))).not.toHaveProperty('amountRefunded')
  })

  it('is read alike on every channel, as number and as text', () => {
    const paid = { refund_status: 3, real_refund_amount: 1744 }
    const messages = [
      storedMessage('detail', detailOf({ ...paid, after_sale_status: 12 })),
      storedMessage('detail', detailOf({ ...paid, after_sale_status: 12, real_refund_amount: '1744' })),
      storedMessage('list', rowOf({ ...paid, aftersale_status: 12 })),
      storedMessage('push', pushOf('206', { real_refund_amount: 1744, aftersale_status: 12 })),
      storedMessage('push', contentOf({ real_refund_amount: 1744, aftersale_status: 12, success_time: 1772700000 })),
    ]
    for (const message of messages) {
      const translation = translate(message)
      expect(translation.type === 'observed' && translation.report.facets).toMatchObject({
        amounts: { total: 8900 },
        amountAgreed: { total: 8900 },
        amountRefunded: { total: 1744 },
      })
    }
  })

  it('the list’s row of a refund asks for the detail, which alone has the amount', () => {
    const translation = translate(storedMessage('list', rowOf({ aftersale_status: 12, refund_status: 3 })))
    expect(translation).toMatchObject({ type: 'observed', alsoRead: 'only the detail has what was actually refunded' })
  })
})
