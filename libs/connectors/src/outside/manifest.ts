import type { ActionName } from '#after-sale'
import { ACTIONS } from '#after-sale'
import type { Capability, CapabilityManifest } from '../contract'

/** The adapter knows what its marketplace takes, and refuses what it does not; it checks the revision that was judged. */
const BY_ADAPTER: Capability = {
  way: 'API',
  source: 'the published language, act.v1',
  asOf: '2026-11-22',
  versioned: true,
  batch: 1,
}

/** An adapter outside is asked for everything; what it cannot do it refuses with a code of its own. */
export const manifest = Object.fromEntries(
  (Object.keys(ACTIONS) as ActionName[]).map((name) => [name, BY_ADAPTER]),
) as CapabilityManifest
