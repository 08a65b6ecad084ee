import { Foundations1700000000001 } from './migrations/0001-foundations'
import { Effects1700000000003 } from './migrations/0003-effects'
import { Strategies1700000000004 } from './migrations/0004-strategies'
import { AppealsAndEvidence1700000000006 } from './migrations/0006-appeals-and-evidence'
import { ToldInOrder1700000000007 } from './migrations/0007-told-in-order'
import { TrialsAndGrants1700000000008 } from './migrations/0008-trials-and-grants'
import { InForce1700000000026 } from './migrations/0026-in-force'
import { UnprovenWindows1700000000120 } from './migrations/0120-unproven-windows'
import { FailingReadings1700000000121 } from './migrations/0121-failing-readings'
import { ActionIds1700000000130, ActionIdsBefore1700000000131 } from './migrations/0130-action-ids'
import { OperatorLog1700000000132 } from './migrations/0132-operator-log'
import { OpenStreams1700000000133, OpenStreamsIndex1700000000134 } from './migrations/0133-open-streams'

export * from './appeals'
export * from './armings'
export * from './budgets'
export * from './client-ids'
export { UnstorableLetter, booleans, ids, numbers, texts } from './columns'
export * from './connection/connection-options'
export * from './connection/is-database-url'
export * from './connection/local-host'
export * from './database'
export * from './effect-life'
export * from './effects'
export * from './evidence'
export * from './failpoint'
export * from './feed'
export * from './grants'
export * from './histories'
export * from './in-force'
export * from './inbox'
export * as leases from './leases'
export type { Lease } from './leases'
export * from './rejudge-queue'
export * from './marks'
export * from './micro-batch'
export { poolUse } from './pool'
export type { PoolUse } from './pool'
export * from './operator-log'
export * from './projection'
export * from './pulls'
export * from './readings'
export * from './record'
export * from './storable'
export * from './strategies'
export { prepared } from './prepared'
export * from './streams'
export * from './timers'
export * from './pipelined'
export * from './trials'
export * from './unproven'
export * from './upgrade'
export * from './wake'

export const EVENT_STORE_MIGRATIONS = [
  Foundations1700000000001,
  Effects1700000000003,
  Strategies1700000000004,
  AppealsAndEvidence1700000000006,
  ToldInOrder1700000000007,
  TrialsAndGrants1700000000008,
  InForce1700000000026,
  UnprovenWindows1700000000120,
  FailingReadings1700000000121,
  ActionIds1700000000130,
  ActionIdsBefore1700000000131,
  OperatorLog1700000000132,
  OpenStreams1700000000133,
  OpenStreamsIndex1700000000134,
]
