import type { StoreFreshness } from '../api/schema'

const WARNED_MS = 30 * 86_400_000

/** Whether the authorisation of a store ends within a month, or has ended. Real time, UTC ms. */
export function authorisationEndOf(
  { connection: { authorisedUntil, removedAt } }: Pick<StoreFreshness, 'connection'>,
  now: number,
): 'ends' | 'ended' | undefined {
  if (authorisedUntil === null || removedAt !== null) return undefined
  const left = Date.parse(authorisedUntil) - now
  return left <= 0 ? 'ended' : left < WARNED_MS ? 'ends' : undefined
}
