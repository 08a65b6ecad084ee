import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, CaseEvent, Command, TermsOfTrade } from '#after-sale'
import { DEFAULT_TERMS, FOLD_VERSION, decide, evolve, fold, isFinal } from '#after-sale'
import type { Change, Projection, StreamEvent, StreamRow, StreamWrite } from '#event-store'
import { readStreamEvents, loadStreams, awaitPipelined, writeOutgoing, writeStreams, writeTimers } from '#event-store'
import { spend, writeShadows } from '#ledgers'
import type { ActionOrders } from '../performing/action-orders'
import { outgoingOf } from './outgoing'
import { storeEffects } from './store-effects'
import type { CaseJudge } from '../strategies/case-judge'
import { spendingsBetween } from '../strategies/spendings'
import { timerKey, timersBetween } from './timer-rows'
import type { CommandResult, CaseCommand } from './case-command'

interface OpenCase extends Change<AfterSaleCase | undefined> {
  readonly refolded: boolean
}

/**
 * The one write path: a batch of commands, decided in memory one after the other, then written as multi-row statements
 * in the caller's transaction: events, folded rows, timers, projections, outgoing rows, and what the effects ask for.
 * One command is a batch of one.
 */
export class CaseWriter {
  constructor(
    private readonly projections: readonly Projection<AfterSaleCase>[],
    private readonly terms: TermsOfTrade = DEFAULT_TERMS,
    private readonly caseJudge?: CaseJudge,
    private readonly orders?: ActionOrders,
  ) {}

  async write(
    manager: EntityManager,
    caseCommands: readonly CaseCommand[],
    now: number,
    loaded?: readonly StreamRow<AfterSaleCase>[],
  ): Promise<CommandResult[]> {
    const rows = loaded ?? (await loadStreams<AfterSaleCase>(manager, [...new Set(caseCommands.map((w) => w.id))]))
    const openCases = await this.openAll(manager, rows, now)
    const events: StreamEvent[] = []
    const done = caseCommands.map((caseCommand) => this.decide(openCases, caseCommand, now, events))
    if (this.caseJudge !== undefined)
      done.push(...(await this.judgeChanged(manager, this.caseJudge, openCases, caseCommands, now, events)))
    const changes = [...openCases.values()].filter(hasChanged)
    await this.store(manager, changes, events, claimedTimers(caseCommands))
    await storeEffects(manager, done, this.orders, now)
    await spend(manager, spendingsBetween(changes), new Map(changes.map(({ store, org }) => [store, org])))
    return done
  }

  /**
   * Actions that strategies request for the changed cases are decided like those of people, in the same transaction.
   */
  private async judgeChanged(
    manager: EntityManager,
    caseJudge: CaseJudge,
    openCases: Map<string, OpenCase>,
    caseCommands: readonly CaseCommand[],
    now: number,
    events: StreamEvent[],
  ): Promise<CommandResult[]> {
    const withJudgeTimer = new Set(
      caseCommands.flatMap(({ id, command }) => (command.type === 'FireTimer' && command.kind === 'JUDGE' ? [id] : [])),
    )
    const toJudge = [...openCases.values()].flatMap(({ id, org, store, before, after }) =>
      after !== undefined && (after !== before || withJudgeTimer.has(id)) ? [{ id, org, store, afterSale: after }] : [],
    )
    if (toJudge.length === 0) return []
    const { requests, shadows, rejudgeTimers } = await caseJudge.judge(manager, toJudge, now)
    await writeShadows(manager, shadows)
    await writeTimers(manager, [], rejudgeTimers)
    return requests.map(({ case: { id, org, store }, request }) =>
      this.decide(openCases, { id, org, store, messageId: null, command: request }, now, events),
    )
  }

  private async openAll(
    manager: EntityManager,
    rows: readonly StreamRow<AfterSaleCase>[],
    at: number,
  ): Promise<Map<string, OpenCase>> {
    const openCases = new Map<string, OpenCase>()
    for (const { id, org, store, fold: version, state } of rows) {
      const refolded = version !== FOLD_VERSION
      const afterSale = refolded ? await refold(manager, id) : state
      openCases.set(id, { id, org, store, before: afterSale, after: afterSale, at, refolded })
    }
    return openCases
  }

  private decide(
    openCases: Map<string, OpenCase>,
    caseCommand: CaseCommand,
    now: number,
    events: StreamEvent[],
  ): CommandResult {
    const openCase = openCases.get(caseCommand.id)
    const decision = decide(openCase?.after, commandFor(openCase?.after, caseCommand), this.terms)
    if (decision.type === 'refused')
      return { caseCommand, after: openCase?.after, effects: [], events: [], refused: decision }
    let after = openCase?.after
    for (const event of decision.events) {
      after = evolve(after, event)
      events.push(eventRowOf(caseCommand, event, after?.version ?? 0, now))
    }
    if (decision.events.length > 0) {
      const { id, org, store } = caseCommand
      openCases.set(id, {
        id,
        org,
        store,
        before: openCase?.before,
        after,
        at: now,
        refolded: openCase?.refolded ?? false,
      })
    }
    return { caseCommand, after, effects: decision.effects, events: decision.events }
  }

  private async store(
    manager: EntityManager,
    changes: readonly ChangedCase[],
    events: readonly StreamEvent[],
    claimed: ReadonlySet<string>,
  ): Promise<void> {
    if (changes.length === 0) return
    const { removed, set } = timersBetween(changes, this.terms, claimed)
    await awaitPipelined([
      writeStreams(manager, changes.map(streamRowOf), events),
      writeTimers(manager, removed, set),
      ...this.projections.map((projection) => projection.apply(manager, changes)),
      writeOutgoing(manager, outgoingOf(changes, events)),
    ])
  }
}

/** A key rotation is not a change of the case. */
export function commandFor(afterSale: AfterSaleCase | undefined, { command, sameBuyer }: CaseCommand): Command {
  if (command.type !== 'RecordObservation' || sameBuyer === undefined) return command
  const { buyer } = command.facets
  return buyer === undefined || afterSale?.buyer === undefined
    ? command
    : { ...command, facets: { ...command.facets, buyer: sameBuyer(buyer, afterSale.buyer) } }
}

/** A noticed deadline means that its timer was claimed. */
const claimedTimers = (caseCommands: readonly CaseCommand[]): Set<string> =>
  new Set(caseCommands.flatMap(({ id, command }) => (command.type === 'FireTimer' ? [timerKey(id, command.kind)] : [])))

type ChangedCase = Change<AfterSaleCase> & { readonly refolded: boolean }

const streamRowOf = ({ id, org, store, after }: ChangedCase): StreamWrite<AfterSaleCase> => ({
  id,
  org,
  store,
  version: after.version,
  fold: FOLD_VERSION,
  revision: after.lastSeen?.revision ?? 0,
  open: !isFinal(after),
  state: after,
})

const hasChanged = (openCase: OpenCase): openCase is ChangedCase =>
  openCase.after !== undefined && (openCase.refolded || openCase.after !== openCase.before)

const refold = async (manager: EntityManager, id: string): Promise<AfterSaleCase | undefined> =>
  fold((await readStreamEvents(manager, id)).map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))

/** The row of an event caused by a piece of work. */
export function eventRowOf(
  { id, org, messageId, command }: CaseCommand,
  event: CaseEvent,
  version: number,
  now: number,
): StreamEvent {
  const { type, ...body } = event
  return { stream: id, version, org, type, body, message_id: messageId, occurred_at: timeOf(command), recorded_at: now }
}

/** When it happened, in the platform's time: the report's revision, or the due time that passed. */
function timeOf(command: Command): number {
  if (command.type === 'RecordObservation') return command.stamp.revision
  return command.type === 'FireTimer' ? command.due : command.now
}
