import type { ReadingRequest } from '#event-store'
import type { Done } from '../writing/write-cases'

/** The cases that a batch of commands wants to be asked for at their marketplaces. */
export const readingsOf = (done: readonly Done[]): ReadingRequest[] =>
  done.flatMap(({ work: { id, org, store }, after, effects }) => {
    const effect = effects.find((one) => one.type === 'ReadCase')
    if (effect === undefined || after === undefined) return []
    const order = after.order?.orderNumber ?? null
    return [{ stream: id, org, store, case_number: after.caseNumber, order_number: order, why: effect.why }]
  })
