import { Foundations1700000000001 } from './migrations/0001-foundations'

export * from './database'
export * from './embedded'
export * from './failpoint'
export * from './feed'
export * from './inbox'
export * as leases from './leases'
export type { Lease } from './leases'
export * from './micro-batch'
export * from './projection'
export * from './pulls'
export * from './readings'
export * from './streams'
export * from './timers'
export * from './wake'

export const EVENT_STORE_MIGRATIONS = [Foundations1700000000001]
