import type { EntityManager } from 'typeorm'
import type { AfterSaleCase, CaseEvent, Command, TermsOfTrade } from '#after-sale'
import { DEFAULT_TERMS, FOLD_VERSION, decide, evolve, fold, isFinal } from '#after-sale'
import type { Change, Projection, StreamEvent, StreamRow, StreamWrite } from '#event-store'
import { eventsOf, loadStreams, pipelined, writeOutgoing, writeStreams, writeTimers } from '#event-store'
import { spend, writeShadows } from '#ledgers'
import type { ActionOrders } from '../performing/action-orders'
import { outgoingOf } from './outgoing'
import { storeEffects } from './store-effects'
import type { Judging } from '../strategies/judging'
import { spendingsBetween } from '../strategies/spendings'
import { timerName, timersBetween } from './timer-rows'
import type { Done, Work } from './work'

interface File extends Change<AfterSaleCase | undefined> {
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
    private readonly judging?: Judging,
    private readonly orders?: ActionOrders,
  ) {}

  async write(
    manager: EntityManager,
    works: readonly Work[],
    now: number,
    loaded?: readonly StreamRow<AfterSaleCase>[],
  ): Promise<Done[]> {
    const rows = loaded ?? (await loadStreams<AfterSaleCase>(manager, [...new Set(works.map((w) => w.id))]))
    const files = await this.open(manager, rows, now)
    const events: StreamEvent[] = []
    const done = works.map((work) => this.decide(files, work, now, events))
    if (this.judging !== undefined) done.push(...(await this.judge(manager, this.judging, files, works, now, events)))
    const changes = [...files.values()].filter(hasChanged)
    await this.store(manager, changes, events, claimedBy(works))
    await storeEffects(manager, done, this.orders, now)
    await spend(manager, spendingsBetween(changes), new Map(changes.map(({ store, org }) => [store, org])))
    return done
  }

  /**
   * Actions that strategies request for the changed cases are decided like those of people, in the same transaction.
   */
  private async judge(
    manager: EntityManager,
    judging: Judging,
    files: Map<string, File>,
    works: readonly Work[],
    now: number,
    events: StreamEvent[],
  ): Promise<Done[]> {
    const asked = new Set(
      works.flatMap(({ id, command }) => (command.type === 'NoticeDeadline' && command.kind === 'JUDGE' ? [id] : [])),
    )
    const touched = [...files.values()].flatMap(({ id, org, store, before, after }) =>
      after !== undefined && (after !== before || asked.has(id)) ? [{ id, org, store, afterSale: after }] : [],
    )
    if (touched.length === 0) return []
    const { wanted, shadows, looks } = await judging.of(manager, touched, now)
    await writeShadows(manager, shadows)
    await writeTimers(manager, [], looks)
    return wanted.map(({ case: { id, org, store }, request }) =>
      this.decide(files, { id, org, store, messageId: null, command: request }, now, events),
    )
  }

  private async open(
    manager: EntityManager,
    rows: readonly StreamRow<AfterSaleCase>[],
    at: number,
  ): Promise<Map<string, File>> {
    const files = new Map<string, File>()
    for (const { id, org, store, fold: version, state } of rows) {
      const refolded = version !== FOLD_VERSION
      const afterSale = refolded ? await refold(manager, id) : state
      files.set(id, { id, org, store, before: afterSale, after: afterSale, at, refolded })
    }
    return files
  }

  private decide(files: Map<string, File>, work: Work, now: number, events: StreamEvent[]): Done {
    const file = files.get(work.id)
    const decision = decide(file?.after, commandFor(file?.after, work), this.terms)
    if (decision.type === 'refused') return { work, after: file?.after, effects: [], events: [], refused: decision }
    let after = file?.after
    for (const event of decision.events) {
      after = evolve(after, event)
      events.push(eventRowOf(work, event, after?.version ?? 0, now))
    }
    if (decision.events.length > 0) {
      const { id, org, store } = work
      files.set(id, { id, org, store, before: file?.before, after, at: now, refolded: file?.refolded ?? false })
    }
    return { work, after, effects: decision.effects, events: decision.events }
  }

  private async store(
    manager: EntityManager,
    changes: readonly Written[],
    events: readonly StreamEvent[],
    claimed: ReadonlySet<string>,
  ): Promise<void> {
    if (changes.length === 0) return
    const { gone, set } = timersBetween(changes, this.terms, claimed)
    await pipelined([
      writeStreams(manager, changes.map(streamRowOf), events),
      writeTimers(manager, gone, set),
      ...this.projections.map((projection) => projection.apply(manager, changes)),
      writeOutgoing(manager, outgoingOf(changes, events)),
    ])
  }
}

/** A key rotation is not a change of the case. */
export function commandFor(afterSale: AfterSaleCase | undefined, { command, sameBuyer }: Work): Command {
  if (command.type !== 'RecordObservation' || sameBuyer === undefined) return command
  const { buyer } = command.facets
  return buyer === undefined || afterSale?.buyer === undefined
    ? command
    : { ...command, facets: { ...command.facets, buyer: sameBuyer(buyer, afterSale.buyer) } }
}

/** A noticed deadline means that its timer was claimed. */
const claimedBy = (works: readonly Work[]): Set<string> =>
  new Set(works.flatMap(({ id, command }) => (command.type === 'NoticeDeadline' ? [timerName(id, command.kind)] : [])))

type Written = Change<AfterSaleCase> & { readonly refolded: boolean }

const streamRowOf = ({ id, org, store, after }: Written): StreamWrite<AfterSaleCase> => ({
  id,
  org,
  store,
  version: after.version,
  fold: FOLD_VERSION,
  revision: after.lastSeen?.revision ?? 0,
  open: !isFinal(after),
  state: after,
})

const hasChanged = (file: File): file is Written =>
  file.after !== undefined && (file.refolded || file.after !== file.before)

const refold = async (manager: EntityManager, id: string): Promise<AfterSaleCase | undefined> =>
  fold((await eventsOf(manager, id)).map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))

/** The row of an event caused by a piece of work. */
export function eventRowOf(
  { id, org, messageId, command }: Work,
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
  return command.type === 'NoticeDeadline' ? command.due : command.now
}
