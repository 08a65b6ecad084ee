import type { EntityManager } from 'typeorm'

/** Who changes something, for which organisation, and when (UTC ms). */
export interface Author {
  readonly org: number
  readonly by: string
  readonly at: number
}

/** A transaction, or the database itself for what is only read or is one statement. */
export type Ledger = Pick<EntityManager, 'query' | 'getRepository'>
