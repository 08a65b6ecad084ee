import { Teamwork1700000000330 } from './migrations/0330-teamwork'

export * from './assignment-lookup'
export * from './assignments'
export * from './colleagues'
export * from './notes'
export * from './presence/presence-board'
export * from './presence/presence-notices'
export * from './teamwork-changes'
export { TEAMWORK_TABLES } from './teamwork-tables'

export const TEAMWORK_MIGRATIONS = [Teamwork1700000000330]
