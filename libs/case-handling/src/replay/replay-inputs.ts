import type { CaseEvent, Command, Instant } from '#after-sale'
import type { RecordedEvent } from '#event-store'

/**
 * External inputs, derived from the record: messages by their ids, timers that fired, statements of people, answers of
 * marketplaces. Actions requested by strategies and people are inputs, too: the record has the decision, not the request.
 */
export type ReplayInput =
  | { readonly type: 'message'; readonly id: number }
  | { readonly type: 'command'; readonly command: Command; readonly messageId?: number }
  | { readonly type: 'given'; readonly event: CaseEvent }

/** The inputs of one transaction, in the order in which they were processed, and when (UTC ms). */
export interface RecordedTransaction {
  readonly at: Instant
  readonly inputs: readonly ReplayInput[]
}

/** Batches of a stream as recorded; events of one transaction are adjacent. */
export function transactionsOf(events: readonly RecordedEvent[]): RecordedTransaction[] {
  const transactions: { at: Instant; tx: number; inputs: ReplayInput[] }[] = []
  const seen = new Set<number>()
  for (const [type, , messageId, , recordedAt, body, tx] of events) {
    let transaction = transactions.at(-1)
    if (transaction?.at !== recordedAt || transaction.tx !== tx)
      transactions.push((transaction = { at: recordedAt, tx, inputs: [] }))
    const input = inputOf({ type, ...body } as CaseEvent, messageId, recordedAt)
    if (input.type === 'message' && seen.has(input.id)) continue
    if (input.type === 'message') seen.add(input.id)
    transaction.inputs.push(input)
  }
  return transactions
}

function inputOf(event: CaseEvent, messageId: number | null, now: Instant): ReplayInput {
  if (event.type === 'ActionIntended') return { type: 'given', event }
  // Whether an answer counted was decided by the effects table as it was then.
  if (event.type === 'ActionAnswered' && messageId !== null)
    return { type: 'command', command: answerOf(event), messageId }
  if (messageId !== null) return { type: 'message', id: messageId }
  const command = commandOf(event, now)
  return command === undefined ? { type: 'given', event } : { type: 'command', command }
}

/** The command behind an event without a message; `undefined`: the event contains everything that is known of it. */
function commandOf(event: CaseEvent, now: Instant): Command | undefined {
  switch (event.type) {
    case 'DeadlinePassed':
      return { type: 'FireTimer', kind: event.kind, due: event.due, now }
    case 'ActionAnswered':
      return answerOf(event)
    case 'FactsAttested':
      return { type: 'AttestFacts', facts: event.facts, by: event.by, now: event.at }
    case 'AppealItemDecided': {
      const { id: appeal, kind, result, recovered, at: decidedAt, by } = event
      return {
        type: 'RecordAppealResult',
        appeal,
        kind,
        result,
        ...(recovered === undefined ? {} : { recovered }),
        decidedAt,
        by,
        now,
      }
    }
    case 'ActionAttested':
      return { type: 'AttestAction', intent: event.intent, by: event.by, now: event.at }
    case 'ActionWithdrawn':
      return { type: 'CloseAction', intent: event.intent, as: 'withdrawn', by: event.by, now: event.at }
    case 'ActionConfirmed':
      return event.by && { type: 'CloseAction', intent: event.intent, as: 'confirmed', by: event.by, now: event.at }
    case 'ActionLapsed':
      return event.by && { type: 'CloseAction', intent: event.intent, as: 'lapsed', by: event.by, now: event.at }
    default:
      return undefined
  }
}

const answerOf = ({ intent, answer, sentAt, at }: Extract<CaseEvent, { type: 'ActionAnswered' }>): Command => ({
  type: 'RecordAnswer',
  intent,
  answer,
  sentAt,
  now: at,
})
