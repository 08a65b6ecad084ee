/** What the official Go SDK of the Douyin store is asked to do, and what the simulator's own world says about it. */
import type { RunningSimulator } from '../../apps/simulator/src'
import { truthOf } from '../../apps/simulator/src/world/truth'
import { writeJson } from '../../apps/simulator/src/http/wire-json'
import type { WireValue } from '../../apps/simulator/src/http/wire-json'
import type { CaseKind, CaseRecord, Order } from '../../apps/simulator/src/world/case'
import { orderFlag, refundChannel, subType } from '../../apps/simulator/src/douyin/variety'

const PARCEL = { carrierId: 44, carrierCode: 'shunfeng', carrierName: '顺丰速运', trackingNumber: 'SF7788', sentMs: 0 }
const seconds = (ms: number): number => Math.floor(ms / 1000)

/** The plan as JSON, written before anything is acted on: ids are bare numbers or texts, as the SDK's structs want them. */
export function planOf(simulator: RunningSimulator): string {
  const { apiUrl, appKey, appSecret, shops } = simulator.douyin
  const [shop] = shops
  if (shop === undefined) throw new Error('no shop')
  const actions = actionsOn(simulator, shop.shopId, shop.returnAddressId)
  const cases = simulator.world.updatedIn(shop.shopId, 0, Infinity)
  const count = (matches: (c: CaseRecord) => boolean): number => cases.filter(matches).length
  const filters: [string, WireValue, number][] = [
    ['risk_flag', { risk_flag: -1 }, count((c) => c.returnParcel !== null && c.sequence % 25 !== 24)],
    ['amount', { amount_start: 5000, amount_end: 9000 }, count((c) => c.refundFen >= 5000 && c.refundFen <= 9000)],
    ['logistics_status', { logistics_status: 2 }, count((c) => c.returnParcel !== null)],
    ['reason', { reason: 1 }, count((c) => c.reason === '7天无理由退货')],
    ['pay_type', { pay_type: 2 }, 0],
    ['aftersale_sub_type', { aftersale_sub_type: 8001 }, count((c) => subType(c) === 8001)],
    ['agree_refuse_sign', { agree_refuse_sign: [1] }, count((c) => c.parcelRefusalAgreed)],
    ['standard_aftersale_status', { standard_aftersale_status: [6] }, count((c) => c.status === 6)],
  ]
  return writeJson({
    Url: apiUrl,
    AppKey: appKey,
    AppSecret: appSecret,
    ShopId: shop.shopId,
    Code: shop.authorizationCode,
    AccessToken: shop.accessToken,
    RefreshToken: shop.refreshToken,
    AddressId: shop.returnAddressId,
    From: seconds(Math.min(...cases.map(({ updatedMs }) => updatedMs))),
    Cases: cases.map((record) => known(simulator, record)),
    Filters: filters.map(([Name, Param, Count]) => ({ Name, Param, Count })),
    Actions: actions,
  })
}

function known(simulator: RunningSimulator, c: CaseRecord): WireValue {
  const order = simulator.world.findOrder(c.orderNumber) as Order
  const truth = truthOf(c, simulator)
  return {
    Id: c.number,
    Order: c.orderNumber,
    Line: c.line.number,
    Status: truth.status,
    Type: truth.type,
    SubType: subType(c),
    Asked: c.refundFen,
    Refunded: c.effects.refundedFen,
    Claimed: c.quantity,
    Bought: c.line.quantity,
    Updated: seconds(c.updatedMs),
    Deadline: truth.deadlineMs === null ? 0 : seconds(truth.deadlineMs),
    Risk: c.returnParcel === null ? 0 : c.sequence % 25 === 24 ? 1 : -1,
    Channel: c.advanced ? 5 : refundChannel(c),
    GotPkg: c.gotGoods ? 1 : 0,
    Flag: orderFlag(order),
  }
}

/** What must have happened to a case before it can be acted on. */
type Before = 'applied' | 'returning' | 'returned' | 'resend agreed' | 'evidence wanted'

function actionsOn({ world, clock }: RunningSimulator, shopId: string, addressId: string): WireValue[] {
  const actions: WireValue[] = []
  const prepared = (kind: CaseKind, before: Before, fits: (c: CaseRecord) => boolean = () => true): CaseRecord => {
    for (;;) {
      const { number, ...record } = world.apply({ shopId, kind, quiet: true })
      if (!fits({ number, ...record }) || record.finalMs !== null || record.status !== 6) continue
      if (before === 'returning' || before === 'returned') world.act(number, { what: 'agree-return', by: 'merchant' })
      if (before === 'returned') world.act(number, { what: 'send-back', by: 'buyer', parcel: PARCEL })
      if (before === 'resend agreed') world.act(number, { what: 'agree-resend', by: 'merchant' })
      if (before === 'evidence wanted') {
        world.act(number, { what: 'refuse', by: 'merchant', text: '商品无质量问题' })
        world.act(number, { what: 'escalate', by: 'buyer' })
        clock.advance(11 * 60_000)
      }
      return world.find(number) as CaseRecord
    }
  }
  const add = (Name: string, Api: string, Param: WireValue, Expect = 'ok'): number =>
    actions.push({ Name: `afterSale.${Name}`, Api, Param, Expect })
  const reasons = { reason: '商品影响二次销售', remark: '请您协助处理', reject_reason_code: 103 }
  const address = { logistics: { receiver_address_id: BigInt(addressId) } }
  const parcel = { logistics: { company_code: 'shunfeng', logistics_code: 'SF1' } }
  const operations: readonly [number, CaseKind, Before, { readonly [key: string]: WireValue }][] = [
    [101, 'return-and-refund', 'applied', address],
    [102, 'return-and-refund', 'applied', reasons],
    [111, 'return-and-refund', 'returned', {}],
    [112, 'return-and-refund', 'returned', reasons],
    [121, 'return-and-refund', 'applied', {}],
    [201, 'refund-only-shipped', 'applied', {}],
    [202, 'refund-only-shipped', 'applied', reasons],
    [203, 'refund-only-shipped', 'applied', {}],
    [301, 'exchange', 'applied', address],
    [302, 'exchange', 'applied', reasons],
    [311, 'exchange', 'returned', parcel],
    [312, 'exchange', 'returned', reasons],
    [321, 'exchange', 'applied', {}],
    [401, 'refund-only-unshipped', 'applied', {}],
    [501, 'resend', 'applied', {}],
    [502, 'resend', 'applied', reasons],
    [601, 'repair', 'applied', address],
    [602, 'repair', 'applied', {}],
    [603, 'repair', 'applied', reasons],
    [611, 'repair', 'returned', parcel],
    [612, 'repair', 'returned', reasons],
    [621, 'repair', 'applied', {}],
  ]
  for (const [type, kind, before, more] of operations) {
    const c = prepared(kind, before)
    const item = { aftersale_id: c.number, update_time: seconds(c.updatedMs), ...more }
    add(`operate ${type}`, 'operate', { type, items: [item] })
  }
  const changed = prepared('refund-only-shipped', 'applied')
  const old = { aftersale_id: changed.number, update_time: seconds(changed.updatedMs) - 60 }
  add('operate on what has changed', 'operate', { type: 201, items: [old] }, 'isv.business-failed:20309541')

  const id = (c: CaseRecord): bigint => BigInt(c.number)
  const returned = prepared('return-and-refund', 'returned')
  add('timeExtend', 'timeExtend', { aftersale_id: id(returned) })
  add('returnGoodsToWareHouseSuccess', 'returnGoodsToWareHouseSuccess', {
    aftersale_id: returned.number,
    op_time: seconds(clock.now()),
  })
  const unshipped = prepared('refund-only-unshipped', 'applied')
  add('CancelSendGoodsSuccess', 'CancelSendGoodsSuccess', {
    aftersale_id: unshipped.number,
    op_time: seconds(clock.now()),
  })
  const resend = {
    aftersale_id: id(prepared('resend', 'resend agreed')),
    send_type: 1,
    company_code: 'shunfeng',
    tracking_no: 'SF2',
  }
  add('fillLogistics', 'fillLogistics', resend)
  const escalated = prepared('refund-only-shipped', 'evidence wanted')
  add('submitEvidence', 'submitEvidence', {
    aftersale_id: id(escalated),
    comment: '凭证',
    evidence: ['https://files.example.cn/a.jpg'],
  })
  const callable = prepared('refund-only-shipped', 'applied', (c) => {
    const order = world.findOrder(c.orderNumber)
    return !c.gotGoods && (order?.lines.length ?? 0) > 1 && (order?.parcel?.carrierId ?? 1) % 2 === 0
  })
  const { parcel: sent } = world.findOrder(callable.orderNumber) as Order
  const target = { company_code: sent?.carrierCode ?? '', tracking_no: sent?.trackingNumber ?? '' }
  add('applyLogisticsIntercept', 'applyLogisticsIntercept', {
    after_sale_id: id(callable),
    op_from: 1,
    intercept_targets: [target],
  })
  const noted = prepared('exchange', 'applied')
  add('addOrderRemark', 'addOrderRemark', { after_sale_id: noted.number, remark: '已联系买家' })
  add('OpenAfterSaleChannel', 'OpenAfterSaleChannel', { order_id: BigInt(noted.orderNumber) })
  add('openOutAfterSale', 'openOutAfterSale', { order_id: BigInt(noted.line.number) })
  const shipped = prepared('refund-only-unshipped', 'applied')
  actions.push({
    Name: 'order.logisticsAdd',
    Api: 'logisticsAdd',
    Param: { order_id: shipped.orderNumber, company_code: 'shunfeng', logistics_code: 'SF3' },
    Expect: 'ok',
  })
  return actions
}
