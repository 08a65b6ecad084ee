import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { ActionWarning, Actor, AfterSaleCase, StoreTerms } from '#after-sale'
import { loadOwnStreams } from '#event-store'
import { withOwnFacts } from '../appeals/own-facts'
import { isTransient } from '../transient-errors'
import type { Clock, Journal, StoreTermsOf } from '../ports'
import type { Observances, WayOf } from '../way-of'
import { NO_OBSERVANCES } from '../way-of'
import type { Work } from '../writing/work'
import type { CaseWriter } from '../writing/write-cases'
import type { ActionOrders } from '../performing/action-orders'
import type { ActionOutcome, AskedAction } from './asked-actions'
import { idTaken, outcomeOf, workOf } from './asked-actions'
import { requestsWithTakenIds } from './client-ids'
import type { Confirmations, Confirmed } from './confirmations'

/**
 * A person requests actions on one or many cases of their organisation (R170). Each has its own outcome, in the order
 * of the requests; those of one case are decided one after the other.
 */
export class ActOnCases extends Command<readonly ActionOutcome[]> {
  constructor(
    readonly org: number,
    readonly by: Actor,
    readonly asked: readonly AskedAction[],
    /** Whose cases the person may act on; those of other stores are answered like missing ones. Absent: every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

const TRIES = 4

/**
 * One transaction for all; nothing is sent in it. If one of many cannot be written, each is retried in a transaction of
 * its own, so that it fails alone. A repeated request with the same id is answered, not carried out again.
 */
@CommandHandler(ActOnCases)
export class ActOnCasesHandler implements ICommandHandler<ActOnCases> {
  constructor(
    private readonly database: DataSource,
    private readonly writer: CaseWriter,
    private readonly termsOf: StoreTermsOf,
    private readonly wayOf: WayOf,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly orders: Pick<ActionOrders, 'opened'>,
    private readonly confirmations: Confirmations,
    private readonly observances: Observances = NO_OBSERVANCES,
  ) {}

  async execute({ org, by, asked, stores }: ActOnCases): Promise<readonly ActionOutcome[]> {
    if (asked.length === 0) return []
    try {
      return await this.withRetries(org, by, asked, stores)
    } catch (error) {
      const [only] = asked
      if (isTransient(error)) throw error
      if (asked.length === 1 && only !== undefined) {
        this.journal.trouble('an action could not be written', error)
        return [{ type: 'refused', caseId: only.caseId, intent: only.intent, reason: 'CouldNotBeWritten' }]
      }
      const outcomes: ActionOutcome[] = []
      for (const one of asked) outcomes.push(...(await this.execute(new ActOnCases(org, by, [one], stores))))
      return outcomes
    }
  }

  /** A concurrent write or a broken connection is retried: nothing was written. */
  private async withRetries(
    org: number,
    by: Actor,
    asked: readonly AskedAction[],
    stores: readonly number[] | undefined,
  ): Promise<readonly ActionOutcome[]> {
    for (let left = TRIES - 1; ; left--) {
      try {
        return await this.database.transaction((manager) => this.act(manager, org, by, asked, stores))
      } catch (error) {
        if (left === 0 || !isTransient(error)) throw error
      }
    }
  }

  private async act(
    manager: EntityManager,
    org: number,
    by: Actor,
    asked: readonly AskedAction[],
    stores: readonly number[] | undefined,
  ): Promise<readonly ActionOutcome[]> {
    const now = this.clock()
    const found = await loadOwnStreams<AfterSaleCase>(manager, org, [...new Set(asked.map((one) => one.caseId))])
    const rows = found.filter(({ store }) => stores === undefined || stores.includes(store))
    const files = new Map(rows.map((row) => [row.id, row]))
    const given = await this.termsOf(manager)
    const marketplaces = new Map(rows.map(({ store, state }) => [store, state.marketplace]))
    const terms = (store: number): StoreTerms => ({
      ...this.observances.customsOf(marketplaces.get(store) ?? ''),
      ...given(store),
    })
    const taken = await requestsWithTakenIds(manager, org, asked, this.orders)
    const known = await withOwnFacts(manager, asked, { files, terms, limitsOf: this.observances.limitsOf, now })
    const requests = asked.map((one, index): Request => {
      const confirmed = this.confirmations.read(one.confirmation, { org, by, ...one }, now)
      if (taken.has(one)) return { asked: one, confirmed, work: undefined }
      const context = { org, terms, wayOf: this.wayOf, now, confirmed: confirmed.warnings }
      return { asked: one, confirmed, work: workOf(known[index] ?? one, by, files.get(one.caseId), context) }
    })
    const wanted = requests.flatMap(({ work }) => work ?? [])
    const ours = rows.filter((row) => row.org === org)
    const done = new Map((await this.writer.write(manager, wanted, now, ours)).map((one) => [one.work, one]))
    return requests.map(({ asked: one, confirmed, work }) => {
      if (taken.has(one) && files.get(one.caseId)?.org === org) return idTaken(one)
      const tokenFor = (warnings: readonly ActionWarning[]): string =>
        this.confirmations.issue({ org, by, ...one }, warnings, now)
      return outcomeOf(one, work && done.get(work), confirmed, tokenFor)
    })
  }
}

interface Request {
  readonly asked: AskedAction
  readonly confirmed: Confirmed
  /** `undefined`: not for the model to decide. */
  readonly work: Work | undefined
}
