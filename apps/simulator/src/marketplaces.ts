import { douyin } from './douyin'
import { pinduoduo } from './pinduoduo'

/** The line-up: a simulated marketplace is one folder and one line here. */
export const MARKETPLACES = [pinduoduo, douyin] as const
