import type { Action } from '#after-sale'
import type { ActionRequest } from '../actions/action-requests'
import { sealingTroubleOf } from '../ports'

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

/** `undefined`: the texts were erased, or cannot be opened and never will be; `onUnreadable` receives the error. */
export function openBatchAction(
  sealing: Pick<BatchSealing, 'openBatch'>,
  { org, id, sealed }: { readonly org: number; readonly id: string; readonly sealed: Buffer | null },
  onUnreadable: (error: unknown) => void = () => undefined,
): BatchAction | undefined {
  if (sealed === null) return undefined
  try {
    return JSON.parse(sealing.openBatch({ org, id }, sealed)) as BatchAction
  } catch (error) {
    const trouble = sealingTroubleOf(error)
    // All processes know a new key within a few seconds: it is tried again then.
    if (trouble === undefined || trouble === 'unknown-key') throw error
    onUnreadable(error)
    return undefined
  }
}

/** The most cases of one batch. */
export const MAX_BATCH_CASES = 5_000

/** How long a frozen set may be started, ms: its warnings were read no longer ago than those of a single action may be. */
export const BATCH_VALID_MS = 600_000
