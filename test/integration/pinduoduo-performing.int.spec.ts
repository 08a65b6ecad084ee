import { connectorOf } from '#connectors'
import { openSimulatedStage } from './simulated-stage'

const connector = connectorOf('pinduoduo')
if (connector === undefined) throw new Error('no connector')

test('Pinduoduo lists the return addresses, including the one that approving a return uses', async () => {
  const stage = await openSimulatedStage(connector)
  const addresses = await connector.outbound.returnAddresses?.(stage.session, stage.ctx())
  if (addresses?.type !== 'ok') throw new Error(JSON.stringify(addresses))
  const order = await stage.order('approve-return')
  expect(addresses.value.map(({ id, isDefault }) => [id, isDefault])).toEqual([[order.addressId, true]])
  await stage.end()
})

test('Pinduoduo accepts that returned goods are confirmed as unfit', async () => {
  const stage = await openSimulatedStage(connector)
  const order = await stage.order('confirm-receipt')
  const unfit = { ...order, action: { name: 'confirm-receipt', fit: false } as const }
  expect(await connector.outbound.perform(unfit, stage.session, stage.ctx())).toEqual({ type: 'done' })
  await stage.end()
})
