import { Strategies1700000000004 } from './migrations/0004-strategies'
import { AppealsAndEvidence1700000000006 } from './migrations/0006-appeals-and-evidence'
import { TrialsAndGrants1700000000008 } from './migrations/0008-trials-and-grants'
import { InForce1700000000026 } from './migrations/0026-in-force'
import { OperatorLog1700000000132 } from './migrations/0132-operator-log'
import { LookAgainOrg1700000000221 } from './migrations/0221-look-again-org'
import { GrantsToPeople1700000000261 } from './migrations/0261-grants-to-people'
import { Erasures1700000000300 } from './migrations/0300-erasures'
import { ErasureRequests1700000000301 } from './migrations/0301-erasure-requests'
import { Batches1700000000310 } from './migrations/0310-batches'

export * from './appeals/appeal-result.entity'
export * from './appeals/appeal-results'
export * from './author'
export * from './batches/batch-steps'
export * from './batches/batches'
export * from './batches/batches-of-cases'
export * from './budgets/budgets'
export * from './erasures/erasure-progress'
export * from './erasures/erasures'
export * from './evidence/evidence-piece.entity'
export * from './evidence/evidence-pieces'
export * from './grants/grant.entity'
export * from './grants/grants'
export * from './in-force/in-force'
export * from './in-force/rejudge-queue'
export { LEDGER_TABLES } from './ledger-tables'
export * from './operator-log/operator-log.entity'
export * from './operator-log/operator-log'
export * from './store-terms/store-terms.entity'
export * from './store-terms/store-terms'
export * from './strategies/arming.entity'
export * from './strategies/armings'
export * from './strategies/shadow-verdicts'
export * from './strategies/strategies'
export * from './strategies/strategy.entity'
export * from './trials/trial.entity'
export * from './trials/trials'

export const LEDGER_MIGRATIONS = [
  Strategies1700000000004,
  AppealsAndEvidence1700000000006,
  TrialsAndGrants1700000000008,
  InForce1700000000026,
  OperatorLog1700000000132,
  LookAgainOrg1700000000221,
  GrantsToPeople1700000000261,
  Erasures1700000000300,
  ErasureRequests1700000000301,
  Batches1700000000310,
]
