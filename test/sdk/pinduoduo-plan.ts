/** The calls that the TypeScript SDK for Pinduoduo is to make, and the results that the simulator's records demand. */
import type { RunningSimulator } from '../../apps/simulator/src'
import type { CaseKind, CaseRecord } from '../../apps/simulator/src/world/case'
import { detailType } from '../../apps/simulator/src/pinduoduo/trade/codes'
import { leavesAmountEmpty } from '../../apps/simulator/src/pinduoduo/variety'

const PARCEL = { carrierId: 44, carrierCode: 'shunfeng', carrierName: '顺丰速运', trackingNumber: 'SF7788', sentMs: 0 }
/** Pinduoduo's limit for one list call. */
const MAX_WINDOW_S = 1800
const secondsOf = (ms: number): number => Math.floor(ms / 1000)

/** The plan as JSON; made before any action, as actions change the expected cases. */
export function planOf(simulator: RunningSimulator): string {
  const { apiUrl, clientId, clientSecret, shops } = simulator.pinduoduo
  const [shop] = shops
  if (shop === undefined) throw new Error('no shop')
  const actions = actionsOn(simulator, shop.mallId, shop.returnAddressId)
  const cases = simulator.world.updatedIn(shop.mallId, 0, Infinity)
  const expectedCases = cases.map((c) => ({
    id: c.number,
    order: c.orderNumber,
    status: c.status,
    type: detailType[c.kind],
    yuan: leavesAmountEmpty(c) ? '' : (c.refundFen / 100).toFixed(2),
    fen: leavesAmountEmpty(c) ? null : c.refundFen,
    goods: c.line.quantity,
    claimed: c.quantity,
  }))
  const open = [...new Set(cases.filter(({ finalMs }) => finalMs === null).map(({ orderNumber }) => orderNumber))]
  return JSON.stringify({
    endpoint: apiUrl,
    clientId,
    clientSecret,
    mallId: shop.mallId,
    code: shop.authorizationCode,
    addressId: shop.returnAddressId,
    windows: windowsOver(cases),
    cases: expectedCases,
    open: open.slice(0, 20),
    actions,
  })
}

/** Windows of at most thirty minutes in which every case was updated. */
function windowsOver(cases: readonly CaseRecord[]): [number, number][] {
  const windows: [number, number][] = []
  for (const { updatedMs } of cases) {
    const at = secondsOf(updatedMs)
    const last = windows.at(-1)
    if (last === undefined || at > last[1]) windows.push([at, at + MAX_WINDOW_S])
  }
  return windows
}

function actionsOn({ world, clock }: RunningSimulator, shopId: string, addressId: string): unknown[] {
  /** An open case that waits for the merchant; a speed refund would have been paid already. */
  const applied = (kind: CaseKind): CaseRecord => {
    for (;;) {
      const record = world.apply({ shopId, kind, quiet: true })
      if (record.finalMs === null && !record.speedRefund) return record
    }
  }
  const returned = (kind: CaseKind): CaseRecord => {
    const { number } = applied(kind)
    world.act(number, { what: 'agree-return', by: 'merchant' })
    world.act(number, { what: 'send-back', by: 'buyer', parcel: PARCEL })
    return world.find(number) as CaseRecord
  }
  const idsOf = (record: CaseRecord): object => ({ after_sales_id: record.number, order_sn: record.orderNumber })
  const [refund, goods, exchange, stored, cancelled] = [
    applied('refund-only-shipped'),
    applied('return-and-refund'),
    returned('exchange'),
    returned('return-and-refund'),
    applied('refund-only-unshipped'),
  ]
  return [
    {
      name: 'refund.agree',
      type: 'pdd.refund.agree',
      params: { request: { ...idsOf(refund), operate_desc: '同意' } },
      flag: ['response', 'result', 'succ'],
    },
    {
      name: 'refund.returngoods.agree',
      type: 'pdd.refund.returngoods.agree',
      params: { request: { ...idsOf(goods), operate_desc: '请寄回', return_address_id: addressId } },
      flag: ['response', 'result', 'success'],
    },
    {
      name: 'refund.exchange.shipping',
      type: 'pdd.refund.exchange.shipping',
      params: { request: { ...idsOf(exchange), shipping_id: 44, shipping_name: '顺丰速运', tracking_number: 'SF1' } },
      flag: ['response', 'result', 'succ'],
    },
    {
      name: 'warehouse.update',
      type: 'pdd.nextone.logistics.warehouse.update',
      params: {
        request: {
          ...idsOf(stored),
          operate_time: clock.now(),
          reverse_tracking_number: PARCEL.trackingNumber,
          warehouse_status: 1,
        },
      },
    },
    {
      name: 'sendgoods.cancel',
      type: 'pdd.rdc.pddgenius.sendgoods.cancel',
      params: { param: { refund_id: cancelled.number, tid: cancelled.orderNumber, status: 'SUCCESS' } },
    },
  ]
}
