import type { Action, Kind, Variant } from '#after-sale'
import type { ActionOrder } from '../../contract'
import { sampleAction } from '../../contract/suite/performing-contract'
import { outcomeOfSuccess, outcomeOfError } from './action-answers'
import { OPERATIONS } from './operations'
import { buildCall } from './perform'
import { paramJsonOf } from '../sign'

const NOW = 1_772_712_000_999
const CASE_NUMBER = '7012345678901234567'
const orderOf = (action: Action, more: Partial<ActionOrder> = {}): ActionOrder => ({
  action,
  caseNumber: CASE_NUMBER,
  orderNumber: '6912345678901234561',
  revision: 1_772_711_000_000,
  addressId: '95251',
  evidence: [{ hash: 'a'.repeat(64), kind: 'image', url: 'https://files.example.cn/a.jpg' }],
  ...more,
})
const applying = (kind: Kind, variant?: Variant, status = '6'): Partial<ActionOrder> => ({
  kind,
  ...(variant === undefined ? {} : { variant }),
  status,
})
const reject = { ...sampleAction('reject'), reasonCode: '102' } as Action
/** The type of the one call to operate, or the kind of answer that needed none. */
function typeOf(action: Action, more: Partial<ActionOrder>): unknown {
  const call = buildCall(orderOf(action, more), NOW)
  return 'method' in call ? call.params['type'] : call.type
}

describe('the type of operate', () => {
  const repair = (sendBack: boolean): Action => ({ name: 'approve-repair', sendBack })
  it.each<[number, string, Action, Partial<ActionOrder>]>([
    [101, 'agree to a return', sampleAction('approve-return'), applying('return-and-refund')],
    [
      101,
      'agree to a return once refused',
      sampleAction('approve-return'),
      applying('return-and-refund', undefined, '27'),
    ],
    [102, 'refuse a return at first review', reject, applying('return-and-refund')],
    [111, 'refund what came back', sampleAction('approve-refund'), applying('return-and-refund', undefined, '11')],
    [112, 'refuse what came back', reject, applying('return-and-refund', undefined, '11')],
    [121, 'turn a return into a refund', sampleAction('turn-into-refund'), applying('return-and-refund')],
    [201, 'refund after shipping', sampleAction('approve-refund'), applying('refund-only', 'shipped')],
    [202, 'refuse a refund after shipping', reject, applying('refund-only', 'shipped')],
    [203, 'refund once the parcel is refused', sampleAction('approve-refusal'), applying('refund-only', 'shipped')],
    [301, 'agree to an exchange', sampleAction('approve-exchange'), applying('exchange')],
    [302, 'refuse an exchange', reject, applying('exchange')],
    [311, 'ship the exchange', sampleAction('ship-exchange'), applying('exchange', undefined, '11')],
    [312, 'refuse an exchange that came back', reject, applying('exchange', undefined, '11')],
    [321, 'turn an exchange into a refund', sampleAction('turn-into-refund'), applying('exchange', undefined, '29')],
    [401, 'refund before shipping', sampleAction('approve-refund'), applying('refund-only', 'unshipped')],
    [501, 'agree to resend', sampleAction('approve-resend'), applying('resend')],
    [502, 'refuse to resend', reject, applying('resend')],
    [601, 'agree to repair what is sent back', repair(true), applying('repair')],
    [602, 'agree to repair without sending back', repair(false), applying('repair')],
    [603, 'refuse to repair', reject, applying('repair')],
    [611, 'ship what was repaired', sampleAction('ship-exchange'), applying('repair', undefined, '8')],
    [612, 'refuse to repair what came back', reject, applying('repair', undefined, '11')],
    [621, 'turn a repair into a refund', sampleAction('turn-into-refund'), applying('repair', undefined, '29')],
  ])('%i: %s', (type, _, action, more) => expect(typeOf(action, more)).toBe(type))

  it('is one that its action has, in no status twice', () => {
    for (const [name, byKind] of Object.entries(OPERATIONS))
      for (const operations of Object.values(byKind)) {
        const statuses = operations.flatMap((operation) => operation.statuses)
        expect([name, new Set(statuses).size]).toEqual([name, statuses.length])
      }
  })
})

describe('an order that is answered without a call', () => {
  it.each<[string, Action, Partial<ActionOrder>, object]>([
    [
      'a refund before shipping cannot be rejected',
      reject,
      applying('refund-only', 'unshipped'),
      { type: 'refused', code: 'ours:no-rejection-before-shipping' },
    ],
    [
      'a return that is not agreed to yet',
      sampleAction('approve-refund'),
      applying('return-and-refund'),
      { type: 'refused', instead: 'turn-into-refund' },
    ],
    [
      'a refund that is agreed to already',
      sampleAction('approve-refund'),
      applying('refund-only', 'shipped', '12'),
      { type: 'already-done' },
    ],
    [
      'a return that is agreed to already',
      sampleAction('approve-return'),
      applying('return-and-refund', undefined, '7'),
      { type: 'already-done' },
    ],
    [
      'a case that is closed',
      sampleAction('approve-refund'),
      applying('refund-only', 'shipped', '28'),
      { type: 'stale', code: 'ours:status-28' },
    ],
    [
      'a case without a known status',
      sampleAction('approve-refund'),
      { kind: 'return-and-refund' },
      { type: 'stale', code: 'ours:status-unknown' },
    ],
    [
      'a case without a known kind',
      sampleAction('approve-refund'),
      { status: '6' },
      { type: 'stale', code: 'ours:kind-unknown' },
    ],
    ['a refund of goods shipped or not', sampleAction('approve-refund'), applying('refund-only'), { type: 'stale' }],
    [
      'a price protection',
      sampleAction('approve-refund'),
      applying('refund-only', 'price-protection'),
      { type: 'stale' },
    ],
    [
      'a resend that is asked to be a return',
      sampleAction('approve-return'),
      applying('resend'),
      { type: 'refused', code: 'ours:not-for-this-kind' },
    ],
    [
      'R063: a return without an address',
      { name: 'approve-return' },
      { ...applying('return-and-refund'), addressId: undefined as never },
      { type: 'refused', code: 'ours:return-address-missing' },
    ],
    [
      'R056: a rejection without a reason of the list',
      sampleAction('reject'),
      applying('resend'),
      { type: 'refused', code: 'ours:reason-code-missing' },
    ],
    [
      'a rejection whose evidence has no address',
      reject,
      { ...applying('resend'), evidence: [] },
      { type: 'refused', code: 'ours:evidence-not-hosted' },
    ],
    ['goods that are not fit', { name: 'confirm-receipt', fit: false }, {}, { type: 'refused', instead: 'reject' }],
    [
      'a receipt of no parcel',
      { name: 'confirm-receipt', fit: true },
      {},
      { type: 'refused', code: 'ours:return-parcel-missing' },
    ],
    ['a small payment', sampleAction('send-small-payment'), {}, { type: 'refused', code: 'ours:no-call' }],
  ])('%s', (_, action, more, answer) => expect(buildCall(orderOf(action, more), NOW)).toMatchObject(answer))
})

describe('what is sent', () => {
  it('is one item with the version that was judged, in seconds', () => {
    expect(buildCall(orderOf({ name: 'approve-return', addressId: '7' }, applying('return-and-refund')), NOW)).toEqual({
      method: 'afterSale.operate',
      params: {
        type: 101,
        items: [{ aftersale_id: CASE_NUMBER, update_time: 1_772_711_000, logistics: { receiver_address_id: 7 } }],
      },
    })
  })

  it('int64 fields are bare numbers on the wire, with all their digits', () => {
    const far = '900719925474099317'
    const call = (action: Action, more: Partial<ActionOrder>): string => {
      const made = buildCall(orderOf(action, more), NOW)
      return 'params' in made ? paramJsonOf(made.params) : made.type
    }
    expect(call({ name: 'approve-return', addressId: far }, applying('return-and-refund'))).toContain(
      `"logistics":{"receiver_address_id":${far}}`,
    )
    expect(call({ ...reject, reasonCode: far } as Action, applying('exchange'))).toContain(
      `"reject_reason_code":${far},`,
    )
    expect(
      buildCall(orderOf({ name: 'approve-return', addressId: 'x7' }, applying('return-and-refund')), NOW),
    ).toMatchObject({
      type: 'refused',
      code: 'ours:return-address-invalid',
    })
  })

  it('carries reason, explanation, code and evidence for a rejection', () => {
    expect(buildCall(orderOf(reject, applying('exchange')), NOW)).toMatchObject({
      params: {
        items: [
          {
            reason: '请您协助处理,谢谢',
            remark: '请您协助处理,谢谢',
            reject_reason_code: 102,
            evidence: [{ type: 1, url: 'https://files.example.cn/a.jpg', desc: '' }],
          },
        ],
      },
    })
  })

  it('is fillLogistics for a resend, and the number of the return parcel for a receipt', () => {
    expect(buildCall(orderOf(sampleAction('ship-exchange'), applying('resend', undefined, '8')), NOW)).toEqual({
      method: 'afterSale.fillLogistics',
      params: { aftersale_id: CASE_NUMBER, send_type: 1, company_code: '44', tracking_no: 'SF1234567890123' },
    })
    const received = orderOf({ name: 'confirm-receipt', fit: true }, { returnParcel: { tracking: 'YT9' } })
    expect(buildCall(received, NOW)).toEqual({
      method: 'afterSale.returnGoodsToWareHouseSuccess',
      params: { aftersale_id: CASE_NUMBER, op_time: 1_772_712_000, tracking_no: 'YT9' },
    })
  })
})

describe('what is answered', () => {
  it.each([
    ['11002', 'refused', 'approve-refund'],
    ['12001', 'refused', 'approve-refund'],
    ['12000', 'refused', 'approve-refund'],
    ['10000', 'unknown', undefined],
  ])('a warehouse receipt with %s is %s', (sub, type, instead) => {
    const refusal = { type: 'refused', code: `50002 isv.business-failed:${sub}`, text: '未命中' } as const
    const performed = outcomeOfError('afterSale.returnGoodsToWareHouseSuccess', refusal)
    expect([performed.type, 'instead' in performed ? performed.instead : undefined]).toEqual([type, instead])
  })

  it('an interception is refused with the reason for the parcel', () => {
    const answer = (is_success: boolean | null) =>
      outcomeOfSuccess(
        'afterSale.applyLogisticsIntercept',
        CASE_NUMBER,
        {
          data: { intercept_results: [{ is_success, unavailable_reason_code: -10006, unavailable_reason: '已签收' }] },
        },
        (text) => text,
      )
    expect(answer(true)).toEqual({ type: 'done' })
    expect(answer(false)).toEqual({ type: 'refused', code: 'not-intercepted -10006', text: '已签收' })
    expect(answer(null).type).toBe('unknown')
  })
})
