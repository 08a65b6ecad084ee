import { Access1700000000002 } from './migration'

export * from './buyer'
export * from './directory'
export * from './registration'
export * from './sealing'
export * from './settings'
export * from './start-trouble'
export * from './vault'

export const ACCESS_MIGRATIONS = [Access1700000000002]
