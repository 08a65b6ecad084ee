export * from './audit'
export * from './audit-entry'
export * from './verify-audit'
