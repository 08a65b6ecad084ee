import type { Answer } from '#connectors'
import type { StoreRecord, Suspension } from './ports'

/** Our own refusal codes: people have paused or removed the store, so nothing is called for it. */
const SUSPENDED = {
  paused: 'ours:store-paused',
  removed: 'ours:store-removed',
} as const satisfies Record<Suspension, string>

export type SuspendedAnswer = Extract<Answer<unknown>, { type: 'refused' }> & {
  readonly code: (typeof SUSPENDED)[Suspension]
}
const CODES: readonly string[] = Object.values(SUSPENDED)

/** The answer for a store that people have paused or removed: nothing was called. */
export const suspendedAnswer = (suspension: Suspension): SuspendedAnswer => ({
  type: 'refused',
  code: SUSPENDED[suspension],
  text: '',
})

/** Whether nothing was called because people have paused or removed the store. That is no trouble with its marketplace. */
export const isSuspended = (answer: Answer<unknown>): answer is SuspendedAnswer =>
  answer.type === 'refused' && CODES.includes(answer.code)

/** Whether people have paused or removed the store, as far as the cache knows. */
export function suspensionOf({
  pausedAt,
  removedAt,
}: Pick<StoreRecord, 'pausedAt' | 'removedAt'>): Suspension | undefined {
  if (typeof removedAt === 'number') return 'removed'
  return typeof pausedAt === 'number' ? 'paused' : undefined
}
