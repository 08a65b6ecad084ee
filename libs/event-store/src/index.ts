import { Foundations1700000000001 } from './migrations/0001-foundations'
import { Effects1700000000003 } from './migrations/0003-effects'
import { ToldInOrder1700000000007 } from './migrations/0007-told-in-order'
import { UnprovenWindows1700000000120 } from './migrations/0120-unproven-windows'
import { FailingReadings1700000000121 } from './migrations/0121-failing-readings'
import { ActionIds1700000000130, ActionIdsBefore1700000000131 } from './migrations/0130-action-ids'
import { OpenStreams1700000000133, OpenStreamsIndex1700000000134 } from './migrations/0133-open-streams'
import { TableSecurity1700000000220 } from './migrations/0220-table-security'
import { FeedStall1700000000224 } from './migrations/0224-feed-stall'
import { ChangedStreams1700000000230 } from './migrations/0230-changed-streams'

export * from './effects/action-ids'
export { BigintColumn } from './sql/bigint-column'
export { UnstorableLetter, booleanArray, uuidArray, numberArray, textArray } from './sql/array-parameters'
export * from './connection/connection-options'
export * from './connection/is-database-url'
export * from './connection/is-role-prefix'
export * from './connection/local-host'
export * from './connection/database'
export * from './effects/effect-life'
export * from './effects/effects'
export * from './failpoint'
export * from './outgoing/feed'
export * from './streams/changed-streams'
export * from './streams/histories'
export * from './inbox/bodies'
export * from './inbox/inbox'
export * from './leases/leases'
export * from './inbox/message-digests'
export * from './inbox/micro-batch'
export { readPoolUsage } from './connection/pool'
export type { PoolUsage } from './connection/pool'
export * from './streams/projection'
export * from './pulls/pull-windows'
export * from './reads/read-requests'
export * from './streams/recorded-streams'
export * from './sql/storable-text'
export { prepared } from './sql/prepared-statements'
export * from './streams/streams'
export * from './timers/timers'
export * from './sql/pipelined-statements'
export * from './pulls/unproven-windows'
export { migrate } from './migrations/migrate'
export type { MigrateOptions } from './migrations/migrate'
export * from './tenants/change-record'
export * from './tenants/event-store-tables'
export * from './tenants/role-database-url'
export * from './tenants/role-flaws'
export * from './tenants/role-password'
export * from './tenants/roles'
export * from './tenants/secure-tables'
export * from './tenants/table-access'
export * from './tenants/table-flaws'
export * from './tenants/tenants'
export * from './connection/wake-ups'

export const EVENT_STORE_MIGRATIONS = [
  Foundations1700000000001,
  Effects1700000000003,
  ToldInOrder1700000000007,
  UnprovenWindows1700000000120,
  FailingReadings1700000000121,
  ActionIds1700000000130,
  ActionIdsBefore1700000000131,
  OpenStreams1700000000133,
  OpenStreamsIndex1700000000134,
  TableSecurity1700000000220,
  FeedStall1700000000224,
  ChangedStreams1700000000230,
]
