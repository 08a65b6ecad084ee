import type { Connector } from './contract'
import { douyin } from './douyin'
import { outside } from './outside'
import { pinduoduo } from './pinduoduo'

/** All connectors of this build. A new marketplace takes one folder and one line here. */
export const MARKETPLACES: readonly Connector[] = [pinduoduo, douyin, outside]

/** The connector of a marketplace; `undefined` where it is not in `lineUp`. */
export const connectorOf = (marketplace: string, lineUp = MARKETPLACES): Connector | undefined =>
  lineUp.find((connector) => connector.marketplace === marketplace)
