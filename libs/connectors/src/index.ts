export * from './own-hosts'
export * from './contract'
export { MARKETPLACES, connectorOf } from './marketplaces'
export { adapterIn, outside } from './outside'
