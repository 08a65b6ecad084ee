export * from './audit'
export * from './audit-entry'
