import type { Action, ActionName } from '#after-sale'
import { connectorOf } from '#connectors'
import type { RunningSimulator } from '../../apps/simulator/src'
import { performingContract, sampleOf } from '../../libs/connectors/src/contract/suite/performing'
import type { Backdrop } from './stage'
import { stageOf } from './stage'

const connector = connectorOf('douyin')
if (connector === undefined) throw new Error('no connector')
const MINUTE = 60_000

const shopOf = (simulator: RunningSimulator) => {
  const [shop] = simulator.douyin.shops
  if (shop === undefined) throw new Error('no shop')
  return shop
}
type Kind = NonNullable<Parameters<RunningSimulator['world']['apply']>[0]>['kind']
const parcel = { carrierId: 44, carrierCode: 'shunfeng', carrierName: '顺丰速运', trackingNumber: 'SF7788', sentMs: 0 }

const KINDS: Readonly<Partial<Record<ActionName, Kind>>> = {
  'approve-return': 'return-and-refund',
  'approve-exchange': 'exchange',
  'approve-resend': 'resend',
  'approve-repair': 'repair',
  'ship-exchange': 'exchange',
  'turn-into-refund': 'return-and-refund',
  'confirm-receipt': 'return-and-refund',
  'extend-time': 'return-and-refund',
  'cancel-sending': 'refund-only-unshipped',
}

function applied({ world }: RunningSimulator, shopId: string, name: ActionName) {
  const kind = KINDS[name] ?? 'refund-only-shipped'
  for (;;) {
    const record = world.apply({ shopId, kind, quiet: true })
    const sent = world.findOrder(record.orderNumber)?.parcel
    // Half of the carriers can call a parcel back, and only before it has arrived.
    if (name !== 'intercept' || (sent !== null && sent !== undefined && sent.carrierId % 2 === 0 && !record.gotGoods))
      return { record, sent }
  }
}

function made(simulator: RunningSimulator, name: ActionName): { number: string; action: Action } {
  const { world, clock } = simulator
  const { record, sent } = applied(simulator, shopOf(simulator).shopId, name)
  const { number } = record
  if (name === 'confirm-receipt' || name === 'extend-time' || name === 'ship-exchange') {
    world.act(number, { what: 'agree-return', by: 'merchant' })
    world.act(number, { what: 'send-back', by: 'buyer', parcel })
  }
  if (name === 'submit-evidence') {
    world.act(number, { what: 'refuse', by: 'merchant', text: '商品无质量问题' })
    world.act(number, { what: 'escalate', by: 'buyer' })
    clock.advance(11 * MINUTE)
  }
  const sample = sampleOf(name)
  if (name === 'intercept' && sent) {
    const shipment = { carrier: sent.carrierCode, tracking: sent.trackingNumber }
    return { number, action: { name, shipment } }
  }
  if (sample.name === 'reject') return { number, action: { ...sample, reasonCode: '101' } }
  return { number, action: sample.name === 'confirm-receipt' ? { name: 'confirm-receipt', fit: true } : sample }
}

const backdrop: Backdrop = {
  connector,
  session: (simulator) => {
    const { shopId, accessToken, refreshToken } = shopOf(simulator)
    const { appKey, appSecret, apiUrl } = simulator.douyin
    return { appKey, appSecret, shop: shopId, accessToken, refreshToken, endpoints: { api: apiUrl } }
  },
  made,
  beside: (simulator) => ({
    addressId: shopOf(simulator).returnAddressId,
    evidence: [{ hash: 'a'.repeat(64), kind: 'image', url: 'https://files.example.cn/a.jpg' }],
  }),
}

performingContract('douyin', connector, () => stageOf(backdrop))

describe('Douyin', () => {
  const { outbound } = connector
  const staged = async (name: ActionName) => {
    const stage = await stageOf(backdrop)
    return { stage, order: await stage.order(name) }
  }

  it('E14: a warehouse receipt without the assistant refunds nothing, and says what would', async () => {
    for (const warehouse of ['off', 'no-match'] as const) {
      let running: RunningSimulator | undefined
      const switched = {
        ...backdrop,
        made: (simulator: RunningSimulator, name: ActionName) => {
          running = simulator
          return made(simulator, name)
        },
      }
      const stage = await stageOf(switched)
      const order = await stage.order('confirm-receipt')
      running?.world.automations.change(stage.session.shop, { warehouse }, running.clock.now())
      expect(await outbound.perform(order, stage.session, stage.ctx())).toMatchObject({
        type: 'refused',
        code: warehouse === 'off' ? '50002 isv.business-failed:11002' : '50002 isv.business-failed:12001',
        instead: 'approve-refund',
      })
      expect(stage.effects(order)).toBe(0)
      await stage.end()
    }
  })

  it('offers the reasons for rejecting this case, and none before shipping', async () => {
    const { stage, order } = await staged('reject')
    const reasons = await outbound.rejectReasons?.({ caseNumber: order.caseNumber }, stage.session, stage.ctx())
    expect(reasons).toMatchObject({ type: 'ok', value: [{ code: '101', evidenceNeeded: true }, {}, {}] })
    const unshipped = await stage.order('cancel-sending')
    expect(await outbound.rejectReasons?.({ caseNumber: unshipped.caseNumber }, stage.session, stage.ctx())).toEqual({
      type: 'ok',
      value: [],
    })
    await stage.end()
  })

  it('tells the return addresses, one of which an agreement to a return takes', async () => {
    const { stage, order } = await staged('approve-return')
    const told = await outbound.returnAddresses?.(stage.session, stage.ctx())
    if (told?.type !== 'ok') throw new Error(JSON.stringify(told))
    expect(told.value).toEqual([{ id: order.addressId, label: expect.any(String) as string, isDefault: true }])
    await stage.end()
  })
})
