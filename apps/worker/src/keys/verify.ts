import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { Unsealable } from '#access'
import type { RowKey, ResealTarget } from './targets'

/** How many values of one kind could be opened. */
export interface VerifiedTarget {
  readonly target: string
  readonly opened: number
  /** Values that do not open, counted by reason; `destroyed-key`: those of erased organisations. */
  readonly unopened: Readonly<Record<string, number>>
}

/** Opens every value of a target once, without changes or locks. */
export async function verify(database: DataSource, vault: Vault, target: ResealTarget): Promise<VerifiedTarget> {
  const unopened: Record<string, number> = {}
  let opened = 0
  for (let after: RowKey | null = null, more = true; more;) {
    const batch = await target.next(database.manager, after, target.batch, false)
    for (const { place, sealed } of batch.values)
      try {
        vault.open(place, sealed)
        opened += 1
      } catch (error) {
        if (!(error instanceof Unsealable)) throw error
        unopened[error.trouble] = (unopened[error.trouble] ?? 0) + 1
      }
    after = batch.after
    more = after !== null
  }
  return { target: target.name, opened, unopened }
}

/** How many values do not open although they should: all but those of erased organisations. */
export const countFailures = (verified: readonly VerifiedTarget[]): number =>
  verified.reduce(
    (sum, { unopened }) =>
      sum + Object.entries(unopened).reduce((n, [why, count]) => (why === 'destroyed-key' ? n : n + count), 0),
    0,
  )
