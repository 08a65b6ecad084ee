import type { ActionName, EvidenceLimits, Way } from '#after-sale'
import type { Customs } from '#connectors'
import type { LineUp } from './ports'

/** How a marketplace takes an action, by its manifest; one that nobody knows takes none. */
export type WayOf = (marketplace: string, action: ActionName) => Way

export const wayOf =
  (lineUp: LineUp): WayOf =>
  (marketplace, action) =>
    lineUp.find((connector) => connector.marketplace === marketplace)?.manifest[action].way ?? 'NONE'

/** What a marketplace wants observed where a person asks for an action there. */
export interface Observances {
  customsOf(marketplace: string): Customs
  limitsOf(marketplace: string, action: ActionName): EvidenceLimits | undefined
}

export function observancesOf(lineUp: LineUp): Observances {
  const at = (marketplace: string) => lineUp.find((connector) => connector.marketplace === marketplace)
  return {
    customsOf: (marketplace) => at(marketplace)?.customs ?? {},
    limitsOf: (marketplace, action) => at(marketplace)?.manifest[action].limits,
  }
}

export const NO_OBSERVANCES: Observances = { customsOf: () => ({}), limitsOf: () => undefined }
