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
  defaultTermsOf(marketplace: string): DefaultTerms & Pick<StoreTerms, 'outgoing'>
  limitsOf(marketplace: string, action: ActionName): EvidenceLimits | undefined
}

/** The requirements of the marketplaces of this line-up, by their manifests. */
export function requirementsOf(lineUp: LineUp): MarketplaceRequirements {
  const findConnector = (marketplace: string) => connectorOf(marketplace, lineUp)
  return {
    defaultTermsOf: (marketplace) => ({
      ...findConnector(marketplace)?.defaultTerms,
      outgoing: outgoingTextTermsOf(lineUp, marketplace),
    }),
    limitsOf: (marketplace, action) => findConnector(marketplace)?.manifest[action].limits,
  }
}

/** For tests and tools that decide no action at a real marketplace. */
export const NO_REQUIREMENTS: MarketplaceRequirements = { defaultTermsOf: () => ({}), limitsOf: () => undefined }

/** R127: a text for a marketplace may mention none of the others, by any of their known names. */
function outgoingTextTermsOf(lineUp: LineUp, marketplace: string): OutgoingTextTerms {
  const others = lineUp.filter((connector) => connector.marketplace !== marketplace).flatMap(({ knownAs }) => knownAs)
  return { ...DEFAULT_OUTGOING, otherPlatforms: [...DEFAULT_OUTGOING.otherPlatforms, ...others] }
}
