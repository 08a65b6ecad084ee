import type { CaseEvent, Command, Instant } from '#after-sale'
import type { RecordedEvent } from '#event-store'

/**
 * An input from outside, derived from the recorded events: a message by its id; a command, e.g. a timer that fired, a
 * person's statement or a marketplace's answer; or an event that is taken as given, because the record contains only the
 * decision and not the request, as for actions.
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

/** Groups the recorded events of a stream by transaction; events of one transaction are adjacent. */
export function groupByTransaction(events: readonly RecordedEvent[]): RecordedTransaction[] {
  const transactions: { at: Instant; tx: number; inputs: ReplayInput[] }[] = []
  const seenMessages = new Set<number>()
  for (const [type, , messageId, , recordedAt, body, tx] of events) {
    let transaction = transactions.at(-1)
    if (transaction?.at !== recordedAt || transaction.tx !== tx)
      transactions.push((transaction = { at: recordedAt, tx, inputs: [] }))
    const input = deriveInput({ type, ...body } as CaseEvent, messageId, recordedAt)
    if (input.type === 'message' && seenMessages.has(input.id)) continue
    if (input.type === 'message') seenMessages.add(input.id)
    transaction.inputs.push(input)
  }
  return transactions
}

function deriveInput(event: CaseEvent, messageId: number | null, now: Instant): ReplayInput {
  if (event.type === 'ActionIntended') return { type: 'given', event }
  // Whether the answer counted depended on the effects table as it was then, so it is not interpreted again.
  if (event.type === 'ActionAnswered' && messageId !== null)
    return { type: 'command', command: buildRecordAnswer(event), messageId }
  if (messageId !== null) return { type: 'message', id: messageId }
  const command = deriveCommand(event, now)
  return command === undefined ? { type: 'given', event } : { type: 'command', command }
}

/** The command that caused an event without a message; `undefined`: it is unknown, so the event is taken as given. */
function deriveCommand(event: CaseEvent, now: Instant): Command | undefined {
  switch (event.type) {
    case 'DeadlinePassed':
      return { type: 'FireTimer', kind: event.kind, due: event.due, now }
    case 'ActionAnswered':
      return buildRecordAnswer(event)
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

const buildRecordAnswer = ({
  intent,
  answer,
  sentAt,
  at,
}: Extract<CaseEvent, { type: 'ActionAnswered' }>): Command => ({
  type: 'RecordAnswer',
  intent,
  answer,
  sentAt,
  now: at,
})
