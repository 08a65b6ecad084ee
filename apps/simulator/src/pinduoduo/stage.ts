import type { StagedCase } from '../marketplace'
import { carriers } from '../world/vocabulary'
import type { CaseKind } from '../world/case'
import type { World } from '../world/world'

const KINDS: Readonly<Record<string, CaseKind>> = {
  'approve-return': 'return-and-refund',
  'ship-exchange': 'exchange',
  'confirm-receipt': 'return-and-refund',
  'cancel-sending': 'refund-only-unshipped',
}

/** A new case at this shop on which the merchant's action can be carried out. */
export function stage(world: World, shopId: string, action: string): StagedCase {
  const { number } = world.apply({ shopId, kind: KINDS[action] ?? 'refund-only-shipped', quiet: true })
  if (action === 'confirm-receipt' || action === 'ship-exchange') {
    world.act(number, { what: 'agree-return', by: 'merchant' })
    world.act(number, { what: 'send-back', by: 'buyer', parcel: RETURN_PARCEL })
  }
  return { number }
}

const [{ id, code, name }] = carriers
const RETURN_PARCEL = { carrierId: id, carrierCode: code, carrierName: name, trackingNumber: 'SF7788', sentMs: 0 }
