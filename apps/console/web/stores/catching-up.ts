import type { StoreFreshness } from '../api/schema'

/** A store is pulled every few seconds; without a pull for a minute it is not being read. */
const RECENT_PULL_MS = 60_000

/**
 * Not proven yet, but being read without errors: after a start, or after a pause. That is no alarm; a store that is not
 * read is one.
 */
export function isCatchingUp(
  store: Pick<StoreFreshness, 'state' | 'provenUntil' | 'lastPullAt' | 'trouble'>,
  now: number,
): boolean {
  const { state, provenUntil, lastPullAt, trouble } = store
  if (state === 'reauthorise' || state === 'paused' || state === 'removed') return false
  if ((state === 'fresh' && provenUntil !== null) || trouble !== null) return false
  return lastPullAt === null ? provenUntil === null : now - Date.parse(lastPullAt) < RECENT_PULL_MS
}
