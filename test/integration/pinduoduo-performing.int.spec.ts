import type { Action, ActionName } from '#after-sale'
import { connectorOf } from '#connectors'
import type { RunningSimulator } from '../../apps/simulator/src'
import { performingContract, sampleOf } from '../../libs/connectors/src/contract/suite/performing'
import type { Backdrop } from './stage'
import { stageOf } from './stage'

const connector = connectorOf('pinduoduo')
if (connector === undefined) throw new Error('no connector')

const shopOf = (simulator: RunningSimulator) => {
  const [shop] = simulator.pinduoduo.shops
  if (shop === undefined) throw new Error('no shop')
  return shop
}
type Kind = NonNullable<Parameters<RunningSimulator['world']['apply']>[0]>['kind']
const parcel = { carrierId: 44, carrierCode: 'shunfeng', carrierName: '顺丰速运', trackingNumber: 'SF7788', sentMs: 0 }

const KINDS: Readonly<Partial<Record<ActionName, Kind>>> = {
  'approve-return': 'return-and-refund',
  'ship-exchange': 'exchange',
  'confirm-receipt': 'return-and-refund',
  'cancel-sending': 'refund-only-unshipped',
}

function made(simulator: RunningSimulator, name: ActionName): { number: string; action: Action } {
  const { world } = simulator
  const kind = KINDS[name] ?? 'refund-only-shipped'
  const { number } = world.apply({ shopId: shopOf(simulator).mallId, kind, quiet: true })
  if (name === 'confirm-receipt' || name === 'ship-exchange') {
    world.act(number, { what: 'agree-return', by: 'merchant' })
    world.act(number, { what: 'send-back', by: 'buyer', parcel })
  }
  const sample = sampleOf(name)
  return { number, action: sample.name === 'confirm-receipt' ? { name: 'confirm-receipt', fit: true } : sample }
}

const backdrop: Backdrop = {
  connector,
  session: (simulator) => {
    const { mallId, accessToken, refreshToken } = shopOf(simulator)
    const { clientId: appKey, clientSecret: appSecret, apiUrl } = simulator.pinduoduo
    return { appKey, appSecret, shop: mallId, accessToken, refreshToken, endpoints: { api: apiUrl } }
  },
  made,
  beside: (simulator) => ({ addressId: shopOf(simulator).returnAddressId }),
}

performingContract('pinduoduo', connector, () => stageOf(backdrop))

test('Pinduoduo tells the return addresses, one of which an agreement to a return takes', async () => {
  const stage = await stageOf(backdrop)
  const told = await connector.outbound.returnAddresses?.(stage.session, stage.ctx())
  if (told?.type !== 'ok') throw new Error(JSON.stringify(told))
  const order = await stage.order('approve-return')
  expect(told.value.map(({ id, isDefault }) => [id, isDefault])).toEqual([[order.addressId, true]])
  await stage.end()
})

test('goods that are not fit are reported as such, and nothing is refunded', async () => {
  const stage = await stageOf(backdrop)
  const order = await stage.order('confirm-receipt')
  const unfit = { ...order, action: { name: 'confirm-receipt', fit: false } as const }
  expect(await connector.outbound.perform(unfit, stage.session, stage.ctx())).toEqual({ type: 'done' })
  await stage.end()
})
