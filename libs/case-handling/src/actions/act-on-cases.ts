import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { ActionWarning, Actor, AfterSaleCase, StoreTerms } from '#after-sale'
import { loadOwnStreams } from '#event-store'
import { withOwnFacts } from '../appeals/own-facts'
import { isTransient } from '../transient-errors'
import type { Clock, Journal, StoreTermsOf } from '../ports'
import type { MarketplaceRequirements, WayOf } from '../marketplace-requirements'
import { NO_REQUIREMENTS } from '../marketplace-requirements'
import type { CaseCommand } from '../writing/case-command'
import type { CaseWriter } from '../writing/write-cases'
import type { ActionOrders } from '../performing/action-orders'
import type { ActionOutcome, ActionRequest } from './action-requests'
import { refusedForTakenId, outcomeOf, commandOf } from './action-requests'
import { requestsWithTakenIds } from './client-ids'
import type { Confirmations, ConfirmationResult } from './confirmations'

/**
 * A person requests actions on one or many cases of their organisation (R170). Each has its own outcome, in the order
 * of the requests; those of one case are decided one after the other.
 */
export class ActOnCases extends Command<readonly ActionOutcome[]> {
  constructor(
    readonly org: number,
    readonly by: Actor,
    readonly requests: readonly ActionRequest[],
    /** Whose cases the person may act on; those of other stores are answered like missing ones. Absent: every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

const MAX_ATTEMPTS = 4

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
    private readonly orders: Pick<ActionOrders, 'open'>,
    private readonly confirmations: Confirmations,
    private readonly requirements: MarketplaceRequirements = NO_REQUIREMENTS,
  ) {}

  async execute({ org, by, requests, stores }: ActOnCases): Promise<readonly ActionOutcome[]> {
    if (requests.length === 0) return []
    try {
      return await this.withRetries(org, by, requests, stores)
    } catch (error) {
      const [only] = requests
      if (isTransient(error)) throw error
      if (requests.length === 1 && only !== undefined) {
        this.journal.warn('an action could not be written', error)
        return [{ type: 'refused', caseId: only.caseId, intent: only.intent, reason: 'CouldNotBeWritten' }]
      }
      const outcomes: ActionOutcome[] = []
      for (const one of requests) outcomes.push(...(await this.execute(new ActOnCases(org, by, [one], stores))))
      return outcomes
    }
  }

  /** A concurrent write or a broken connection is retried: nothing was written. */
  private async withRetries(
    org: number,
    by: Actor,
    requests: readonly ActionRequest[],
    stores: readonly number[] | undefined,
  ): Promise<readonly ActionOutcome[]> {
    for (let left = MAX_ATTEMPTS - 1; ; left--) {
      try {
        return await this.database.transaction((manager) => this.act(manager, org, by, requests, stores))
      } catch (error) {
        if (left === 0 || !isTransient(error)) throw error
      }
    }
  }

  private async act(
    manager: EntityManager,
    org: number,
    by: Actor,
    requests: readonly ActionRequest[],
    stores: readonly number[] | undefined,
  ): Promise<readonly ActionOutcome[]> {
    const now = this.clock()
    const found = await loadOwnStreams<AfterSaleCase>(manager, org, [...new Set(requests.map((one) => one.caseId))])
    const rows = found.filter(({ store }) => stores === undefined || stores.includes(store))
    const cases = new Map(rows.map((row) => [row.id, row]))
    const termsAt = await this.termsOf(manager)
    const marketplaces = new Map(rows.map(({ store, state }) => [store, state.marketplace]))
    const terms = (store: number): StoreTerms => ({
      ...this.requirements.customsOf(marketplaces.get(store) ?? ''),
      ...termsAt(store),
    })
    const withTakenIds = await requestsWithTakenIds(manager, org, requests, this.orders)
    const withFacts = await withOwnFacts(manager, requests, { cases, terms, limitsOf: this.requirements.limitsOf, now })
    const prepared = requests.map((one, index): PreparedRequest => {
      const confirmed = this.confirmations.read(one.confirmation, { org, by, ...one }, now)
      if (withTakenIds.has(one)) return { request: one, confirmed, caseCommand: undefined }
      const context = { org, terms, wayOf: this.wayOf, now, confirmed: confirmed.warnings }
      return {
        request: one,
        confirmed,
        caseCommand: commandOf(withFacts[index] ?? one, by, cases.get(one.caseId), context),
      }
    })
    const caseCommands = prepared.flatMap(({ caseCommand: work }) => work ?? [])
    const ours = rows.filter((row) => row.org === org)
    const results = new Map(
      (await this.writer.write(manager, caseCommands, now, ours)).map((one) => [one.caseCommand, one]),
    )
    return prepared.map(({ request: one, confirmed, caseCommand: work }) => {
      if (withTakenIds.has(one) && cases.get(one.caseId)?.org === org) return refusedForTakenId(one)
      const tokenFor = (warnings: readonly ActionWarning[]): string =>
        this.confirmations.issue({ org, by, ...one }, warnings, now)
      return outcomeOf(one, work && results.get(work), confirmed, tokenFor)
    })
  }
}

interface PreparedRequest {
  readonly request: ActionRequest
  readonly confirmed: ConfirmationResult
  /** `undefined`: the model is not asked, e.g. because the id is taken. */
  readonly caseCommand: CaseCommand | undefined
}
