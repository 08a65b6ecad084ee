import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, CaseEvent, Command, TermsOfTrade } from '#after-sale'
import { DEFAULT_TERMS, FOLD_VERSION, decide, evolve, fold, isFinal } from '#after-sale'
import type { Change, Projection, StreamEvent, StreamRow, StreamWrite } from '#event-store'
import { readStreamEvents, loadStreams, awaitPipelined, writeOutgoing, writeStreams, writeTimers } from '#event-store'
import { bookSpendings, insertShadowVerdicts } from '#ledgers'
import type { ActionOrders } from '../performing/action-orders'
import { buildOutgoingRows } from './outgoing-rows'
import { storeEffects } from './store-effects'
import type { CaseJudge } from '../strategies/case-judge'
import { diffSpendings } from '../strategies/spendings'
import { timerKey, diffTimers } from './timer-rows'
import type { CommandResult, CaseCommand } from './case-command'

/** A case in memory while its batch is decided. `refolded`: its stored row was of an older fold version. */
interface LoadedCase extends Change<AfterSaleCase | undefined> {
  readonly refolded: boolean
}

/**
 * The only write path of cases. A batch of commands is decided in memory, one after the other, and then written with
 * multi-row statements in the caller's transaction: events, folded rows, timers, projections, outgoing rows, and the
 * effects. One command is a batch of one.
 */
export class CaseWriter {
  constructor(
    private readonly projections: readonly Projection<AfterSaleCase>[],
    private readonly terms: TermsOfTrade = DEFAULT_TERMS,
    private readonly caseJudge?: CaseJudge,
    private readonly orders?: ActionOrders,
  ) {}

  /**
   * @param now when the events are recorded, UTC ms
   * @param loadedRows the rows of the cases, if the caller has already locked and loaded them
   */
  async write(
    manager: EntityManager,
    caseCommands: readonly CaseCommand[],
    now: number,
    loadedRows?: readonly StreamRow<AfterSaleCase>[],
  ): Promise<CommandResult[]> {
    const rows = loadedRows ?? (await loadStreams<AfterSaleCase>(manager, [...new Set(caseCommands.map((w) => w.id))]))
    const loadedCases = await this.prepareCases(manager, rows, now)
    const events: StreamEvent[] = []
    const results = caseCommands.map((caseCommand) => this.decide(loadedCases, caseCommand, now, events))
    if (this.caseJudge !== undefined)
      results.push(...(await this.judgeChanged(manager, this.caseJudge, loadedCases, caseCommands, now, events)))
    const changes = [...loadedCases.values()].filter(hasChanged)
    await this.store(manager, changes, events, claimedTimers(caseCommands))
    await storeEffects(manager, results, this.orders, now)
    await bookSpendings(manager, diffSpendings(changes), new Map(changes.map(({ store, org }) => [store, org])))
    return results
  }

  /** What each command would lead to, each by itself; nothing is written. @param rows the cases, as they were read */
  async preview(
    manager: EntityManager,
    caseCommands: readonly CaseCommand[],
    now: number,
    rows: readonly StreamRow<AfterSaleCase>[],
  ): Promise<CommandResult[]> {
    const cases = await this.prepareCases(manager, rows, now)
    return caseCommands.map((caseCommand) => {
      const loadedCase = cases.get(caseCommand.id)
      return this.decide(new Map(loadedCase && [[caseCommand.id, loadedCase]]), caseCommand, now, [])
    })
  }

  /**
   * Writes cases whose recorded past was changed by the caller: rows, read models and the events that tell of it. Nothing is
   * decided and no strategy judges.
   */
  rewrite(
    manager: EntityManager,
    changes: readonly Change<AfterSaleCase>[],
    events: readonly StreamEvent[],
  ): Promise<void> {
    const none = new Set<string>()
    return this.store(
      manager,
      changes.map((change) => ({ ...change, refolded: false })),
      events,
      none,
    )
  }

  /** Strategies judge the changed cases; the actions they request are decided like those of people. */
  private async judgeChanged(
    manager: EntityManager,
    caseJudge: CaseJudge,
    loadedCases: Map<string, LoadedCase>,
    caseCommands: readonly CaseCommand[],
    now: number,
    events: StreamEvent[],
  ): Promise<CommandResult[]> {
    const casesWithJudgeTimer = new Set(
      caseCommands.flatMap(({ id, command }) => (command.type === 'FireTimer' && command.kind === 'JUDGE' ? [id] : [])),
    )
    const casesToJudge = [...loadedCases.values()].flatMap(({ id, org, store, before, after }) =>
      after !== undefined && (after !== before || casesWithJudgeTimer.has(id))
        ? [{ id, org, store, afterSale: after }]
        : [],
    )
    if (casesToJudge.length === 0) return []
    const { requests, shadows, rejudgeTimers } = await caseJudge.judge(manager, casesToJudge, now)
    await insertShadowVerdicts(manager, shadows)
    await writeTimers(manager, [], rejudgeTimers)
    return requests.map(({ case: { id, org, store }, request }) =>
      this.decide(loadedCases, { id, org, store, messageId: null, command: request }, now, events),
    )
  }

  private async prepareCases(
    manager: EntityManager,
    rows: readonly StreamRow<AfterSaleCase>[],
    at: number,
  ): Promise<Map<string, LoadedCase>> {
    const loadedCases = new Map<string, LoadedCase>()
    for (const { id, org, store, fold: version, state } of rows) {
      const refolded = version !== FOLD_VERSION
      const afterSale = refolded ? await refold(manager, id) : state
      loadedCases.set(id, { id, org, store, before: afterSale, after: afterSale, at, refolded })
    }
    return loadedCases
  }

  private decide(
    loadedCases: Map<string, LoadedCase>,
    caseCommand: CaseCommand,
    now: number,
    events: StreamEvent[],
  ): CommandResult {
    const loadedCase = loadedCases.get(caseCommand.id)
    const decision = decide(loadedCase?.after, keepKnownBuyer(loadedCase?.after, caseCommand), this.terms)
    if (decision.type === 'refused')
      return { caseCommand, after: loadedCase?.after, effects: [], events: [], refused: decision }
    let after = loadedCase?.after
    for (const event of decision.events) {
      after = evolve(after, event)
      events.push(eventRowOf(caseCommand, event, after?.version ?? 0, now))
    }
    if (decision.events.length > 0) {
      const { id, org, store } = caseCommand
      loadedCases.set(id, {
        id,
        org,
        store,
        before: loadedCase?.before,
        after,
        at: now,
        refolded: loadedCase?.refolded ?? false,
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
    const { removed, set } = diffTimers(changes, this.terms, claimed)
    await awaitPipelined([
      writeStreams(manager, changes.map(streamRowOf), events),
      writeTimers(manager, removed, set),
      ...this.projections.map((projection) => projection.apply(manager, changes)),
      writeOutgoing(manager, buildOutgoingRows(changes, events)),
    ])
  }
}

/** The command with the known buyer if only the sealing key has changed: a key rotation is not a change of the case. */
export function keepKnownBuyer(afterSale: AfterSaleCase | undefined, { command, sameBuyer }: CaseCommand): Command {
  if (command.type !== 'RecordObservation' || sameBuyer === undefined) return command
  const { buyer } = command.facets
  return buyer === undefined || afterSale?.buyer === undefined
    ? command
    : { ...command, facets: { ...command.facets, buyer: sameBuyer(buyer, afterSale.buyer) } }
}

/** The timers that caused these commands: they were claimed, and so deleted. */
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

const hasChanged = (loadedCase: LoadedCase): loadedCase is ChangedCase =>
  loadedCase.after !== undefined && (loadedCase.refolded || loadedCase.after !== loadedCase.before)

const refold = async (manager: EntityManager, id: string): Promise<AfterSaleCase | undefined> =>
  fold((await readStreamEvents(manager, id)).map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))

/** The row of an event that a command caused. */
export function eventRowOf(
  { id, org, messageId, command }: CaseCommand,
  event: CaseEvent,
  version: number,
  now: number,
): StreamEvent {
  const { type, ...body } = event
  return {
    stream: id,
    version,
    org,
    type,
    body,
    message_id: messageId,
    occurred_at: occurredAtOf(command),
    recorded_at: now,
  }
}

/** When it happened, UTC ms: the marketplace's time for a report, the due time for a deadline, else our own time. */
function occurredAtOf(command: Command): number {
  if (command.type === 'RecordObservation') return command.stamp.revision
  return command.type === 'FireTimer' ? command.due : command.now
}
