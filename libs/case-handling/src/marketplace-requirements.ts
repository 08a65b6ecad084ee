import type { ActionName, EvidenceLimits, OutgoingTextTerms, StoreTerms, Way } from '#after-sale'
import { DEFAULT_OUTGOING } from '#after-sale'
import type { DefaultTerms } from '#connectors'
import { connectorOf } from '#connectors'
import type { LineUp } from './ports'

/** How an action is done at a marketplace, by its manifest; an unknown marketplace offers none. */
export type WayOf = (marketplace: string, action: ActionName) => Way

export const wayOf =
  (lineUp: LineUp): WayOf =>
  (marketplace, action) =>
    connectorOf(marketplace, lineUp)?.manifest[action].way ?? 'NONE'

/** What a marketplace requires of actions requested there; a store's own terms win. */
export interface MarketplaceRequirements {
  customsOf(marketplace: string): DefaultTerms & Pick<StoreTerms, 'outgoing'>
  limitsOf(marketplace: string, action: ActionName): EvidenceLimits | undefined
}

export function requirementsOf(lineUp: LineUp): MarketplaceRequirements {
  const at = (marketplace: string) => connectorOf(marketplace, lineUp)
  return {
    customsOf: (marketplace) => ({ ...at(marketplace)?.defaultTerms, outgoing: outgoingAt(lineUp, marketplace) }),
    limitsOf: (marketplace, action) => at(marketplace)?.manifest[action].limits,
  }
}

export const NO_REQUIREMENTS: MarketplaceRequirements = { customsOf: () => ({}), limitsOf: () => undefined }

/** R127: at one marketplace every other one is foreign, by all its known names. */
function outgoingAt(lineUp: LineUp, marketplace: string): OutgoingTextTerms {
  const others = lineUp.filter((connector) => connector.marketplace !== marketplace).flatMap(({ knownAs }) => knownAs)
  return { ...DEFAULT_OUTGOING, otherPlatforms: [...DEFAULT_OUTGOING.otherPlatforms, ...others] }
}
