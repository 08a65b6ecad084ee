import type { EntityManager } from 'typeorm'

/** One stream before and after a batch, with the time of the batch (UTC ms). */
export interface Change<S = unknown> {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly before: S | undefined
  readonly after: S
  readonly at: number
}

/**
 * Rows of a read model, written in the same transaction that changes the streams: a reader never sees less than what
 * was committed.
 */
export interface Projection<S = unknown> {
  readonly name: string
  apply(manager: EntityManager, changes: readonly Change<S>[]): Promise<void>
}
