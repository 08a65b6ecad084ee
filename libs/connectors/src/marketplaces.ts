import type { Connector } from './contract'
import { douyin } from './douyin'
import { outside } from './outside'
import { pinduoduo } from './pinduoduo'

/** The line-up: a marketplace is one folder and one line here. */
export const MARKETPLACES: readonly Connector[] = [pinduoduo, douyin, outside]

/** The connector of a marketplace in the line-up of a process. */
export const connectorOf = (marketplace: string, lineUp = MARKETPLACES): Connector | undefined =>
  lineUp.find((connector) => connector.marketplace === marketplace)
