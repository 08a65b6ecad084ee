import type { Actor } from '#access'
import { problemOf } from '../problems/problem.filter'

/** How long a password or code counts for what is dangerous. */
export const PROOF_VALID_MS = 5 * 60_000

/** By real time: the clock of the trade can be moved by days in the demonstration. */
export function requireRecentProof(actor: Actor, now = Date.now()): void {
  if (actor.kind === 'key') throw problemOf('for-people-only')
  if (now - actor.reauthenticatedAt > PROOF_VALID_MS) throw problemOf('reauthentication-required')
}
