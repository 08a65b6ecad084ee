import { Strategies1700000000004 } from './migrations/0004-strategies'
import { AppealsAndEvidence1700000000006 } from './migrations/0006-appeals-and-evidence'
import { TrialsAndGrants1700000000008 } from './migrations/0008-trials-and-grants'
import { InForce1700000000026 } from './migrations/0026-in-force'
import { OperatorLog1700000000132 } from './migrations/0132-operator-log'

export * from './appeals/appeal-results'
export * from './evidence/evidence-pieces'
export * from './in-force/in-force'
export * from './in-force/rejudge-queue'
export * from './operator-log/operator-log'
export * from './strategies/armings'
export * from './strategies/budgets'
export * from './strategies/grants'
export * from './strategies/strategies'
export * from './strategies/trials'

export const LEDGER_MIGRATIONS = [
  Strategies1700000000004,
  AppealsAndEvidence1700000000006,
  TrialsAndGrants1700000000008,
  InForce1700000000026,
  OperatorLog1700000000132,
]
