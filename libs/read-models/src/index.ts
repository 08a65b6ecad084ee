import type { AfterSaleCase } from '#after-sale'
import type { Projection } from '#event-store'
import { SharedParcels1700000000023 } from './case-file/migration'
import { sharedParcels } from './case-file/shared-parcels'
import { CaseSearch1700000000013 } from './case-search/migration'
import { caseSearch } from './case-search/projection'
import { OperatorQueue1700000000003 } from './operator-queue/migration'
import { operatorQueue } from './operator-queue/projection'

export const READ_MODEL_MIGRATIONS = [OperatorQueue1700000000003, CaseSearch1700000000013, SharedParcels1700000000023]

/** Everything that is kept in step with the cases, in the transaction that changes them. */
export const projections: readonly Projection<AfterSaleCase>[] = [operatorQueue, caseSearch, sharedParcels]
