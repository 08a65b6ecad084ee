import type { EntityManager } from 'typeorm'

/** Who changes something, for which organisation, and when (UTC ms). */
export interface Author {
  readonly org: number
  readonly by: string
  readonly at: number
  /** The person's id; absent for a key and without a log-in. */
  readonly person?: string
  /** Whether it is an owner of the organisation: the main account (R160). Absent without a log-in, as in a command. */
  readonly isOwner?: boolean
}

/** A transaction, or the database itself where a function only reads or writes with a single statement. */
export type Ledger = Pick<EntityManager, 'query' | 'getRepository'>
