import type { ActionName, Way } from '#after-sale'
import type { LineUp } from './ports'

/** How a marketplace takes an action, by its manifest; one that nobody knows takes none. */
export type WayOf = (marketplace: string, action: ActionName) => Way

export const wayOf =
  (lineUp: LineUp): WayOf =>
  (marketplace, action) =>
    lineUp.find((connector) => connector.marketplace === marketplace)?.manifest[action].way ?? 'NONE'
