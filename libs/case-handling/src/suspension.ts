import type { Answer } from '#connectors'
import type { StoreRecord, Suspension } from './ports'

/** Our own refusal codes: people have paused or removed the store, so nothing is called for it. */
export const SUSPENDED: Readonly<Record<Suspension, string>> = {
  paused: 'ours:store-paused',
  removed: 'ours:store-removed',
}

type Refused = Extract<Answer<unknown>, { type: 'refused' }>

/** The answer for a store that people have paused or removed: nothing was called. */
export const suspendedAnswer = (suspension: Suspension): Refused => ({
  type: 'refused',
  code: SUSPENDED[suspension],
  text: '',
})

/** Whether nothing was called because people have paused or removed the store. That is no trouble with its marketplace. */
export const isSuspended = (answer: Answer<unknown>): answer is Refused =>
  answer.type === 'refused' && Object.values(SUSPENDED).includes(answer.code)

/** Whether people have paused or removed the store, as far as the cache knows. */
export function suspensionOf({
  pausedAt,
  removedAt,
}: Pick<StoreRecord, 'pausedAt' | 'removedAt'>): Suspension | undefined {
  if (typeof removedAt === 'number') return 'removed'
  return typeof pausedAt === 'number' ? 'paused' : undefined
}
