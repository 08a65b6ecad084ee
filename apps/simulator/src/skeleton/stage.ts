import type { StagedCase } from '../marketplace'
import type { World } from '../world/world'

/** A new case at this shop on which the merchant's action can be carried out. */
export function stage(world: World, shopId: string, action: string): StagedCase {
  const kind = action === 'approve-return' ? 'return-and-refund' : 'refund-only-shipped'
  return { number: world.apply({ shopId, kind, quiet: true }).number }
}
