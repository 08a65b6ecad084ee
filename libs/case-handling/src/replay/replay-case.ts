import type {
  AfterSaleCase,
  ArmedStrategy,
  CaseEvent,
  Command,
  Instant,
  StoreTerms,
  TermsOfTrade,
  Verdict,
} from '#after-sale'
import { DEADLINES, decide, evolve, judge, timersOf } from '#after-sale'
import type { Outgoing, RecordedEvent, RecordedStream, StreamEvent } from '#event-store'
import { buildOutgoingRows } from '../writing/outgoing-rows'
import type { InterpretedMessage } from '../receiving/interpret-messages'
import type { CaseCommand } from '../writing/case-command'
import { keepKnownBuyer, eventRowOf } from '../writing/case-writer'
import type { ReplayInput } from './replay-inputs'
import { groupByTransaction } from './replay-inputs'

/** What the current code computes from the recorded inputs of one case. */
export interface ReplayedCase {
  readonly afterSale: AfterSaleCase | undefined
  readonly events: readonly StreamEvent[]
  readonly outgoing: readonly Outgoing[]
  /** `[kind, due]` of the timers of deadlines, sorted by kind; due in UTC ms. */
  readonly deadlines: readonly (readonly [string, Instant])[]
  /** For each intent that a strategy requested: the current code's verdict of that strategy. */
  readonly verdicts: Readonly<Record<string, Verdict | null>>
}

/** Finds a strategy's version and the terms of the store at that time; `undefined`: they can no longer be read. */
export type InForceAt = (
  strategy: { readonly id: string; readonly version: number },
  store: number,
  at: Instant,
) => { readonly armed: ArmedStrategy; readonly terms: StoreTerms } | undefined

export interface ReplayContext {
  readonly terms: TermsOfTrade
  readonly inForceAt?: InForceAt
}

/**
 * Recomputes one case from its inputs. The order of the inputs, the transaction boundaries and the time are taken from
 * the record. Everything else is recomputed: what a message means, what is decided and what follows from it.
 */
export function replayCase(
  stream: Pick<RecordedStream, 'id' | 'org' | 'store'>,
  recorded: readonly RecordedEvent[],
  interpreted: ReadonlyMap<number, InterpretedMessage>,
  context: ReplayContext,
): ReplayedCase {
  const events: StreamEvent[] = []
  const outgoing: Outgoing[] = []
  const verdicts: Record<string, Verdict | null> = {}
  let afterSale: AfterSaleCase | undefined
  for (const { at, inputs } of groupByTransaction(recorded)) {
    const before = afterSale
    const firstNewEvent = events.length
    for (const input of inputs) {
      if (input.type === 'given' && input.event.type === 'ActionIntended' && afterSale !== undefined)
        judgeAgain(afterSale, input.event, { at, store: stream.store, context, verdicts })
      const caseCommand = commandFromInput(stream, input, at, interpreted)
      if (caseCommand === undefined) continue
      for (const event of decideEvents(afterSale, input, caseCommand, context.terms)) {
        afterSale = evolve(afterSale, event)
        events.push(eventRowOf(caseCommand, event, afterSale?.version ?? 0, at))
      }
    }
    if (afterSale !== undefined && afterSale !== before)
      outgoing.push(...buildOutgoingRows([{ ...stream, before, after: afterSale, at }], events.slice(firstNewEvent)))
  }
  return {
    afterSale,
    events,
    outgoing,
    deadlines: afterSale === undefined ? [] : deadlineTimers(afterSale, context.terms),
    verdicts,
  }
}

function decideEvents(
  afterSale: AfterSaleCase | undefined,
  input: ReplayInput,
  caseCommand: CaseCommand,
  terms: TermsOfTrade,
): readonly CaseEvent[] {
  if (input.type === 'given') return [input.event]
  const decision = decide(afterSale, keepKnownBuyer(afterSale, caseCommand), terms)
  return decision.type === 'decided' ? decision.events : []
}

/** The command that an input causes; none if the current code understands its message as something else. */
function commandFromInput(
  { id, org, store }: Pick<RecordedStream, 'id' | 'org' | 'store'>,
  input: ReplayInput,
  recordedAt: Instant,
  interpreted: ReadonlyMap<number, InterpretedMessage>,
): CaseCommand | undefined {
  if (input.type === 'message') {
    const message = interpreted.get(input.id)
    return message?.type === 'observed' && message.caseCommand.id === id ? message.caseCommand : undefined
  }
  // For a given event only the time of its command is used.
  const command =
    input.type === 'command'
      ? input.command
      : ({ type: 'RequestAction', now: timeOfGivenEvent(input.event) ?? recordedAt } as unknown as Command)
  return { id, org, store, messageId: (input.type === 'command' && input.messageId) || null, command }
}

const timeOfGivenEvent = (event: CaseEvent): Instant | undefined => ('at' in event ? event.at : undefined)

interface RejudgeContext {
  readonly at: Instant
  readonly store: number
  readonly context: ReplayContext
  readonly verdicts: Record<string, Verdict | null>
}

/** Lets the requesting strategy judge the case as it was then, with the settings and terms of that time. */
function judgeAgain(
  afterSale: AfterSaleCase,
  event: Extract<CaseEvent, { type: 'ActionIntended' }>,
  { at, store, context, verdicts }: RejudgeContext,
): void {
  if (event.by.kind !== 'strategy' || event.verdict === undefined || context.inForceAt === undefined) return
  const inForce = context.inForceAt(event.by, store, at)
  if (inForce === undefined) return
  const verdictsNow = judge({ afterSale, terms: inForce.terms, now: at }, [inForce.armed])
  verdicts[event.intent] = verdictsNow.find(({ strategy }) => strategy?.id === inForce.armed.reference.id) ?? null
}

/** Only deadlines are compared: the other timers (recheck, settle, judge) are set and removed without an event. */
const deadlineTimers = (afterSale: AfterSaleCase, terms: TermsOfTrade): (readonly [string, Instant])[] =>
  timersOf(afterSale, terms)
    .filter(({ kind }) => isDeadline(kind))
    .map(({ kind, due }) => [kind, due] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))

export const isDeadline = (kind: string): boolean => Object.hasOwn(DEADLINES, kind)
