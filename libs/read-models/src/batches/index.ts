import { Question } from '../question'
import { BatchHandler } from './batch'
import { BatchItemsHandler } from './batch-items'
import { BatchListHandler } from './batch-list'

export { BatchQuery, type Batch, type BatchHead, type OutcomeGroup } from './batch'
export { BatchItemsQuery, type BatchItemRow } from './batch-items'
export { BatchListQuery, type ListedBatch } from './batch-list'
export { BATCH_OUTCOMES, FAILED_OUTCOMES, type BatchOutcome } from './outcomes'

/** Answered from tables of `ledgers`, and from the cases that the actions belong to. */
export const batches = new Question('batches', { handlers: [BatchHandler, BatchItemsHandler, BatchListHandler] })
