import { connectorOf } from '#connectors'
import { stageOf } from './stage'

const connector = connectorOf('pinduoduo')
if (connector === undefined) throw new Error('no connector')

test('Pinduoduo lists the return addresses, one of which an agreement to a return takes', async () => {
  const stage = await stageOf(connector)
  const told = await connector.outbound.returnAddresses?.(stage.session, stage.ctx())
  if (told?.type !== 'ok') throw new Error(JSON.stringify(told))
  const order = await stage.order('approve-return')
  expect(told.value.map(({ id, isDefault }) => [id, isDefault])).toEqual([[order.addressId, true]])
  await stage.end()
})

test('goods that are not fit are reported as such, and nothing is refunded', async () => {
  const stage = await stageOf(connector)
  const order = await stage.order('confirm-receipt')
  const unfit = { ...order, action: { name: 'confirm-receipt', fit: false } as const }
  expect(await connector.outbound.perform(unfit, stage.session, stage.ctx())).toEqual({ type: 'done' })
  await stage.end()
})
