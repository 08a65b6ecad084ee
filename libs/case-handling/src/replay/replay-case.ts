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
import { transactionsOf } from './replay-inputs'

/** What today's code makes of the recorded inputs. */
export interface Replayed {
  readonly afterSale: AfterSaleCase | undefined
  readonly events: readonly StreamEvent[]
  readonly outgoing: readonly Outgoing[]
  /** `[kind, due]` of the deadlines that are still to come, by kind. */
  readonly deadlines: readonly (readonly [string, Instant])[]
  /** Today's verdict of the requesting strategy, by intent. */
  readonly verdicts: Readonly<Record<string, Verdict | null>>
}

/** A strategy's version with the terms of the store at that time; `undefined`: no longer known. */
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
 * Recomputes one case from its inputs. The order of inputs, the transaction boundaries and the clock are taken from the
 * record; everything else is recomputed: what a message means, what is decided, what follows from it.
 */
export function replayCase(
  stream: Pick<RecordedStream, 'id' | 'org' | 'store'>,
  recorded: readonly RecordedEvent[],
  interpreted: ReadonlyMap<number, InterpretedMessage>,
  ctx: ReplayContext,
): Replayed {
  const events: StreamEvent[] = []
  const outgoing: Outgoing[] = []
  const verdicts: Record<string, Verdict | null> = {}
  let afterSale: AfterSaleCase | undefined
  for (const { at, inputs } of transactionsOf(recorded)) {
    const before = afterSale
    const first = events.length
    for (const input of inputs) {
      if (input.type === 'given' && input.event.type === 'ActionIntended' && afterSale !== undefined)
        rejudge(afterSale, input.event, { at, store: stream.store, ctx, verdicts })
      const caseCommand = commandFromInput(stream, input, at, interpreted)
      if (caseCommand === undefined) continue
      for (const event of eventsFor(afterSale, input, caseCommand, ctx.terms)) {
        afterSale = evolve(afterSale, event)
        events.push(eventRowOf(caseCommand, event, afterSale?.version ?? 0, at))
      }
    }
    if (afterSale !== undefined && afterSale !== before)
      outgoing.push(...buildOutgoingRows([{ ...stream, before, after: afterSale, at }], events.slice(first)))
  }
  return {
    afterSale,
    events,
    outgoing,
    deadlines: afterSale === undefined ? [] : deadlineTimers(afterSale, ctx.terms),
    verdicts,
  }
}

function eventsFor(
  afterSale: AfterSaleCase | undefined,
  input: ReplayInput,
  caseCommand: CaseCommand,
  terms: TermsOfTrade,
): readonly CaseEvent[] {
  if (input.type === 'given') return [input.event]
  const decision = decide(afterSale, keepKnownBuyer(afterSale, caseCommand), terms)
  return decision.type === 'decided' ? decision.events : []
}

/** The work behind an input; a message that is understood differently today yields none. */
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
  // Only its time is used: the request is in the event itself.
  const command =
    input.type === 'command'
      ? input.command
      : ({ type: 'RequestAction', now: givenAt(input.event) ?? recordedAt } as unknown as Command)
  return { id, org, store, messageId: (input.type === 'command' && input.messageId) || null, command }
}

const givenAt = (event: CaseEvent): Instant | undefined => ('at' in event ? event.at : undefined)

interface RejudgeContext {
  readonly at: Instant
  readonly store: number
  readonly ctx: ReplayContext
  readonly verdicts: Record<string, Verdict | null>
}

/** Today's verdict of the requesting strategy on the case as it was, with the settings and terms of that time. */
function rejudge(
  afterSale: AfterSaleCase,
  event: Extract<CaseEvent, { type: 'ActionIntended' }>,
  { at, store, ctx, verdicts }: RejudgeContext,
): void {
  if (event.by.kind !== 'strategy' || event.verdict === undefined || ctx.inForceAt === undefined) return
  const then = ctx.inForceAt(event.by, store, at)
  if (then === undefined) return
  const verdictsToday = judge({ afterSale, terms: then.terms, now: at }, [then.armed])
  verdicts[event.intent] = verdictsToday.find(({ strategy }) => strategy?.id === then.armed.reference.id) ?? null
}

/** Checks (recheck, settle, judge) come and go without an event, so only deadlines are compared with the record. */
const deadlineTimers = (afterSale: AfterSaleCase, terms: TermsOfTrade): (readonly [string, Instant])[] =>
  timersOf(afterSale, terms)
    .filter(({ kind }) => isDeadline(kind))
    .map(({ kind, due }) => [kind, due] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))

export const isDeadline = (kind: string): boolean => Object.hasOwn(DEADLINES, kind)
