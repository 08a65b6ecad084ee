export * from './connected-stores'
export * from './store-authorisations'
