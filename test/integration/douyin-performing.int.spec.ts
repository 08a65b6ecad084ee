import type { ActionName } from '#after-sale'
import { connectorOf } from '#connectors'
import { openSimulatedStage } from './simulated-stage'

const connector = connectorOf('douyin')
if (connector === undefined) throw new Error('no connector')

describe('the Douyin connector at the simulated marketplace', () => {
  const { outbound } = connector
  const stageWithOrder = async (name: ActionName) => {
    const stage = await openSimulatedStage(connector)
    return { stage, order: await stage.order(name) }
  }

  it('refunds nothing on confirming receipt without the after-sale assistant, and its refusal names the action that would (fault E5)', async () => {
    for (const warehouse of ['off', 'no-match'] as const) {
      const { stage, order } = await stageWithOrder('confirm-receipt')
      const { world, clock } = stage.simulator
      world.automations.change(stage.session.shop, { warehouse }, clock.now())
      expect(await outbound.perform(order, stage.session, stage.ctx())).toMatchObject({
        type: 'refused',
        code: warehouse === 'off' ? '50002 isv.business-failed:11002' : '50002 isv.business-failed:12001',
        instead: 'approve-refund',
      })
      expect(stage.effects(order)).toBe(0)
      await stage.end()
    }
  })

  it('lists the rejection reasons of a shipped case, and none before shipping', async () => {
    const { stage, order } = await stageWithOrder('reject')
    const reasons = await outbound.rejectReasons?.({ caseNumber: order.caseNumber }, stage.session, stage.ctx())
    expect(reasons).toMatchObject({ type: 'ok', value: [{ code: '101', evidenceNeeded: true }, {}, {}] })
    const unshipped = await stage.order('cancel-sending')
    expect(await outbound.rejectReasons?.({ caseNumber: unshipped.caseNumber }, stage.session, stage.ctx())).toEqual({
      type: 'ok',
      value: [],
    })
    await stage.end()
  })

  it('lists the return addresses, including the one that approving a return uses', async () => {
    const { stage, order } = await stageWithOrder('approve-return')
    const addresses = await outbound.returnAddresses?.(stage.session, stage.ctx())
    if (addresses?.type !== 'ok') throw new Error(JSON.stringify(addresses))
    expect(addresses.value).toEqual([{ id: order.addressId, label: expect.any(String) as string, isDefault: true }])
    await stage.end()
  })
})
