import type { StagedCase } from '../marketplace'
import { MINUTE } from '../world/platform-rules'
import type { CaseKind, CaseRecord, Parcel } from '../world/case'
import { carriers } from '../world/vocabulary'
import type { World } from '../world/world'

const KINDS: Readonly<Record<string, CaseKind>> = {
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

/** A new case at this shop on which the merchant's action can be carried out. */
export function stage(world: World, shopId: string, action: string): StagedCase {
  const kind = KINDS[action] ?? 'refund-only-shipped'
  if (action === 'intercept') return stageIntercept(world, shopId, kind)
  const { number } = world.apply({ shopId, kind, quiet: true })
  if (action === 'confirm-receipt' || action === 'extend-time' || action === 'ship-exchange') {
    world.act(number, { what: 'agree-return', by: 'merchant' })
    world.act(number, { what: 'send-back', by: 'buyer', parcel: RETURN_PARCEL })
  }
  if (action === 'submit-evidence') {
    world.act(number, { what: 'refuse', by: 'merchant', text: '商品无质量问题' })
    world.act(number, { what: 'escalate', by: 'buyer' })
    world.clock.advance(11 * MINUTE)
  }
  return action === 'reject' ? { number, details: { reasonCode: '101' } } : { number }
}

/** Half of the carriers can call a parcel back, and only before it has arrived. */
function stageIntercept(world: World, shopId: string, kind: CaseKind): StagedCase {
  for (;;) {
    const record: CaseRecord = world.apply({ shopId, kind, quiet: true })
    const sent: Parcel | null | undefined = world.findOrder(record.orderNumber)?.parcel
    if (sent !== null && sent !== undefined && sent.carrierId % 2 === 0 && !record.gotGoods)
      return {
        number: record.number,
        details: { shipment: { carrier: sent.carrierCode, tracking: sent.trackingNumber } },
      }
  }
}

const [{ id, code, name }] = carriers
const RETURN_PARCEL = { carrierId: id, carrierCode: code, carrierName: name, trackingNumber: 'SF7788', sentMs: 0 }
