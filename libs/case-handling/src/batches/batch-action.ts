import type { Action } from '#after-sale'
import type { ActionRequest } from '../actions/action-requests'

/** Encryption of the texts of a batch, implemented by `access`; bound to the batch that it is stored with. */
export interface BatchSealing {
  sealBatch(place: { readonly org: number; readonly id: string }, action: string): Buffer
  openBatch(place: { readonly org: number; readonly id: string }, sealed: Buffer): string
}

/** What is asked for each case of a batch. */
export interface BatchAction {
  readonly action: Action
  readonly facts: ActionRequest['facts']
}

export const openBatchAction = (
  sealing: Pick<BatchSealing, 'openBatch'>,
  { org, id }: { readonly org: number; readonly id: string },
  sealed: Buffer,
): BatchAction => JSON.parse(sealing.openBatch({ org, id }, sealed)) as BatchAction

/** The most cases of one batch. */
export const MAX_BATCH_CASES = 5_000

/** How long a frozen set may be started, ms: its warnings were read no longer ago than those of a single action may be. */
export const BATCH_VALID_MS = 600_000
