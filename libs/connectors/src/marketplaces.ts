import type { Connector } from './contract'
import { douyin } from './douyin'
import { outside } from './outside'
import { pinduoduo } from './pinduoduo'

/** The line-up: a marketplace is one folder and one line here. */
export const MARKETPLACES: readonly Connector[] = [pinduoduo, douyin, outside]

export const connectorOf = (marketplace: string): Connector | undefined =>
  MARKETPLACES.find((connector) => connector.marketplace === marketplace)
