import type { Action, ActionName } from '#after-sale'
import type { ActionOrder } from '../../contract'
import { sampleAction } from '../../contract/suite/performing-contract'
import { outcomeOfSuccess } from './action-answers'
import { buildCall } from './action-calls'
import { assist } from '../assist'
import { manifest } from '../manifest'

const NOW = 1_772_712_000_999
const both = { after_sales_id: 52100000071, order_sn: '260301-410000000000071' }
const orderOf = (action: Action, more: Partial<ActionOrder> = {}): ActionOrder => ({
  action,
  caseNumber: '52100000071',
  orderNumber: '260301-410000000000071',
  revision: 1_772_711_000_000,
  addressId: '9000017',
  ...more,
})
const sent = (action: Action, more: Partial<ActionOrder> = {}) => buildCall(orderOf(action, more), NOW)

describe('what is sent', () => {
  it('has the case, the order and a text to the buyer, to agree to a refund', () => {
    expect(sent({ name: 'approve-refund', note: '马上退' }, { kind: 'refund-only' })).toEqual({
      type: 'pdd.refund.agree',
      parameter: 'request',
      fields: { ...both, operate_desc: '马上退' },
    })
  })

  it('R063: has the return address, to agree to a return; the address of the action takes precedence', () => {
    const fields = { ...both, operate_desc: '同意退货', return_address_id: '9000017' }
    expect(sent({ name: 'approve-return' })).toMatchObject({ type: 'pdd.refund.returngoods.agree', fields })
    expect(sent({ name: 'approve-return', addressId: '5' })).toMatchObject({ fields: { return_address_id: '5' } })
  })

  it('has the marketplace’s number of the carrier, to ship an exchange or a resend', () => {
    const fields = { ...both, shipping_id: 44, shipping_name: '顺丰速运', tracking_number: 'SF1234567890123' }
    for (const kind of ['exchange', 'resend'] as const)
      expect(sent(sampleAction('ship-exchange'), { kind })).toMatchObject({
        type: 'pdd.refund.exchange.shipping',
        fields,
      })
  })

  it.each([
    [true, 1],
    [false, 2],
  ])('reports a receipt of goods that are fit (%s) as warehouse status %i', (fit, warehouse_status) => {
    expect(sent({ name: 'confirm-receipt', fit }, { returnParcel: { tracking: 'YT9' } })).toEqual({
      type: 'pdd.nextone.logistics.warehouse.update',
      parameter: 'request',
      fields: { ...both, operate_time: NOW, reverse_tracking_number: 'YT9', warehouse_status },
    })
  })

  it('has other field names, to cancel sending', () => {
    expect(sent({ name: 'cancel-sending' })).toEqual({
      type: 'pdd.rdc.pddgenius.sendgoods.cancel',
      parameter: 'param',
      fields: { refund_id: 52100000071, tid: both.order_sn, status: 'SUCCESS', operate_time: NOW },
    })
  })

  it('has the case number as text where it has too many digits for a number', () => {
    expect(sent({ name: 'approve-refund' }, { caseNumber: '7000893114000949517' })).toMatchObject({
      fields: { after_sales_id: '7000893114000949517' },
    })
  })
})

describe('an order that is answered without a call', () => {
  it.each<[string, Action, Partial<ActionOrder>, object]>([
    ['a refund that is agreed to already', { name: 'approve-refund' }, { status: '4' }, { type: 'already-done' }],
    ['a refund that is paid', { name: 'approve-refund' }, { status: '10' }, { type: 'already-done' }],
    ['a return that is agreed to already', { name: 'approve-return' }, { status: '7' }, { type: 'already-done' }],
    ['a refund of an exchange', { name: 'approve-refund' }, { kind: 'exchange' }, { code: 'ours:not-for-this-kind' }],
    ['the return of an exchange', { name: 'approve-return' }, { kind: 'exchange' }, { code: 'ours:not-for-this-kind' }],
    ['no order number', { name: 'approve-refund' }, { orderNumber: undefined as never }, { code: 'ours:order-number' }],
    [
      'no address',
      { name: 'approve-return' },
      { addressId: undefined as never },
      { code: 'ours:return-address-missing' },
    ],
    ['no return parcel', { name: 'confirm-receipt', fit: true }, {}, { code: 'ours:return-parcel-missing' }],
    [
      'a carrier by name',
      { name: 'ship-exchange', shipment: { carrier: '顺丰', tracking: 'SF1' } },
      {},
      { code: 'ours:carrier' },
    ],
    ['a rejection', sampleAction('reject'), {}, { type: 'refused', code: 'ours:no-call' }],
  ])('%s', (_, action, more, answer) => expect(sent(action, more)).toMatchObject(answer))
})

describe('what is answered', () => {
  const session = { appKey: 'a', appSecret: 's', shop: '1', accessToken: 't', refreshToken: 'r', endpoints: {} }
  const to = (type: Parameters<typeof outcomeOfSuccess>[0], json: object) =>
    outcomeOfSuccess(type, '52100000071', json as Parameters<typeof outcomeOfSuccess>[2], session)

  it('the agreement to a return has two success flags: both count', () => {
    const result = { after_sales_id: 52100000071, success: true, message: '成功' }
    const agree = (response: object) => to('pdd.refund.returngoods.agree', { response })
    expect(agree({ success: true, error_code: 0, result })).toEqual({ type: 'done' })
    expect(agree({ success: false, error_code: 7, error_msg: '地址不可用' })).toEqual({
      type: 'refused',
      code: 'not-done 7',
      text: '地址不可用',
    })
    expect(agree({ success: true, result: { ...result, success: false, message: '售后单已撤销' } }).type).toBe('stale')
    expect(agree({ success: true, result: { message: '成功' } }).type).toBe('unknown')
  })

  it('an answer with only the case number is a success', () => {
    const updated = (after_sales_id: unknown) =>
      to('pdd.nextone.logistics.warehouse.update', { response: { result: { after_sales_id } } }).type
    expect([updated(52100000071), updated('52100000071'), updated(9), updated(undefined)]).toEqual([
      ...['done', 'done', 'unknown', 'unknown'],
    ])
    const cancelled = {
      rdc_pddgenius_sendgoods_cancel_response: { result: { result_data: { refund_id: 52100000071 } } },
    }
    expect(to('pdd.rdc.pddgenius.sendgoods.cancel', cancelled)).toEqual({ type: 'done' })
  })
})

test('by hand: where, what to press, what to paste, and to confirm it at the end', () => {
  expect(assist(orderOf(sampleAction('reject')))).toMatchObject({
    link: 'https://mms.pinduoduo.com/aftersales-ssr/detail?id=52100000071&orderSn=260301-410000000000071',
    texts: [{ title: { zh: '拒绝原因' } }, { title: { zh: '详细说明' } }],
  })
  const blind = assist(orderOf(sampleAction('reject'), { orderNumber: undefined as never }))
  expect(blind).not.toHaveProperty('link')
  expect(blind?.steps[0]?.zh).toContain('售后单 52100000071')
  expect(assist(orderOf(sampleAction('appeal')))?.steps.map(({ zh }) => zh)).toContain('粘贴准备好的文字(最多300字)')
  for (const name of Object.keys(manifest) as ActionName[])
    expect([name, assist(orderOf(sampleAction(name))) !== undefined]).toEqual([name, manifest[name].way === 'ASSISTED'])
})
