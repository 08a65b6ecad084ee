import type { StoreFreshness } from '../api/schema'

const PULLED_WITHIN = 60_000

/**
 * Not proven yet, but being read without errors: after a start, or after a pause. That is no alarm, while a store that is not
 * read is one.
 */
export function isCatchingUp(
  store: Pick<StoreFreshness, 'state' | 'provenUntil' | 'lastPullAt' | 'trouble'>,
  now: number,
): boolean {
  const { state, provenUntil, lastPullAt, trouble } = store
  if (state === 'reauthorise' || (state === 'fresh' && provenUntil !== null) || trouble !== null) return false
  return lastPullAt === null ? provenUntil === null : now - Date.parse(lastPullAt) < PULLED_WITHIN
}
