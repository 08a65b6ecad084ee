import type { ActionName } from '#after-sale'
import { ACTIONS } from '#after-sale'
import type { Capability, CapabilityManifest } from '../contract'

/** The adapter knows which actions its marketplace accepts and refuses the others; it checks the judged revision. */
const BY_ADAPTER: Capability = {
  way: 'API',
  source: 'the published language, act.v1',
  asOf: '2026-11-22',
  versioned: true,
  batch: 1,
}

/** Every action is sent to the adapter; it refuses what it cannot do with a code of its own. */
export const manifest = Object.fromEntries(
  (Object.keys(ACTIONS) as ActionName[]).map((name) => [name, BY_ADAPTER]),
) as CapabilityManifest
