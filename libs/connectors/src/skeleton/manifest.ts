import type { ActionName } from '#after-sale'
import { ACTIONS } from '#after-sale'
import type { Capability, CapabilityManifest } from '../contract'

const AS_OF = '2026-11-30'
const SOURCE = 'README.md; a real marketplace names its document here'

const agree: Capability = { way: 'API', source: SOURCE, asOf: AS_OF, note: 'skeleton.case.agree', versioned: true }
const none: Capability = { way: 'NONE', source: SOURCE, asOf: AS_OF }

/** Two actions have a call. All others are listed as not existing, since a manifest has an entry for every action. */
export const manifest: CapabilityManifest = {
  ...(Object.fromEntries((Object.keys(ACTIONS) as ActionName[]).map((name) => [name, none])) as CapabilityManifest),
  'approve-refund': agree,
  'approve-return': { ...agree, needs: ['return-address'] },
}
