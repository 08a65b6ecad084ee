export * from './contract'
export { MARKETPLACES, connectorOf } from './marketplaces'
