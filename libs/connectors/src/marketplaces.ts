import type { Connector } from './contract'
import { douyin } from './douyin'
import { outside } from './outside'
import { pinduoduo } from './pinduoduo'

/** All connectors of this build. A new marketplace takes one folder and one line here. */
export const MARKETPLACES: readonly Connector[] = [pinduoduo, douyin, outside]

/** Finds the connector of a marketplace; `undefined` where `lineUp` does not have it. */
export const connectorOf = (marketplace: string, lineUp = MARKETPLACES): Connector | undefined =>
  lineUp.find((connector) => connector.marketplace === marketplace)
