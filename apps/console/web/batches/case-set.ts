import type { CaseSelectionRequest, QueueFilterRequest } from '../api/schema'

/** The most cases of one batch, as the API limits them. */
export const MAX_CASES = 5_000

/** Which cases a batch is about: these, or all that match a filter when the server reads it. */
export type CaseSet =
  | { readonly type: 'ids'; readonly caseIds: readonly string[] }
  | { readonly type: 'filter'; readonly filter: QueueFilterRequest }

/** The set as the API takes it. */
export const selectionOf = (set: CaseSet): CaseSelectionRequest =>
  set.type === 'ids' ? { caseIds: [...set.caseIds] } : { filter: set.filter }
