import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { ActionWarning, Actor, AfterSaleCase, StoreTerms } from '#after-sale'
import { loadOwnStreams, noteChange } from '#event-store'
import { withOwnFacts } from './own-facts'
import { isTransient } from '../transient-errors'
import type { Clock, Journal, StoreTermsOf } from '../ports'
import type { MarketplaceRequirements, WayOf } from '../marketplace-requirements'
import { NO_REQUIREMENTS } from '../marketplace-requirements'
import type { CaseCommand } from '../writing/case-command'
import type { CaseWriter } from '../writing/case-writer'
import type { ActionOrders } from '../performing/action-orders'
import type { ActionOutcome, ActionRequest } from './action-requests'
import { refusedForTakenId, outcomeOf, buildCaseCommand } from './action-requests'
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
    /** The stores whose cases the person may act on; other cases are answered as missing. Absent: every store. */
    readonly stores?: readonly number[],
  ) {
    super()
  }
}

/** Without a pause between them: a person is waiting, and a concurrent writer has usually finished by then. */
const MAX_ATTEMPTS = 4

/**
 * All requests are written in one transaction; nothing is sent in it. If the transaction fails because of one of them,
 * each is retried in a transaction of its own, so that only that one fails. A repeated request with the same id gets the
 * same answer and is not carried out again.
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
    /** How long actions that cost money wait before they are sent, ms. */
    private readonly undoMs = 0,
  ) {}

  async execute({ org, by, requests, stores }: ActOnCases): Promise<readonly ActionOutcome[]> {
    if (requests.length === 0) return []
    try {
      return await this.withRetries(org, by, requests, stores)
    } catch (error) {
      const [onlyRequest] = requests
      if (isTransient(error)) throw error
      if (requests.length === 1 && onlyRequest !== undefined) {
        this.journal.warn('an action could not be written', error)
        return [
          { type: 'refused', caseId: onlyRequest.caseId, intent: onlyRequest.intent, reason: 'CouldNotBeWritten' },
        ]
      }
      const outcomes: ActionOutcome[] = []
      for (const request of requests) outcomes.push(...(await this.execute(new ActOnCases(org, by, [request], stores))))
      return outcomes
    }
  }

  /** Transient errors are retried: the transaction was rolled back, so nothing was written. */
  private async withRetries(
    org: number,
    by: Actor,
    requests: readonly ActionRequest[],
    stores: readonly number[] | undefined,
  ): Promise<readonly ActionOutcome[]> {
    for (let remainingRetries = MAX_ATTEMPTS - 1; ; remainingRetries--) {
      try {
        return await this.database.transaction((manager) => this.act(manager, org, by, requests, stores))
      } catch (error) {
        if (remainingRetries === 0 || !isTransient(error)) throw error
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
    const loadedRows = await loadOwnStreams<AfterSaleCase>(manager, org, [
      ...new Set(requests.map((request) => request.caseId)),
    ])
    const rows = loadedRows.filter(({ store }) => stores === undefined || stores.includes(store))
    const cases = new Map(rows.map((row) => [row.id, row]))
    const storeTerms = await this.termsOf(manager)
    const marketplaces = new Map(rows.map(({ store, state }) => [store, state.marketplace]))
    const termsWithDefaults = (store: number): StoreTerms => ({
      ...this.requirements.defaultTermsOf(marketplaces.get(store) ?? ''),
      ...storeTerms(store),
    })
    const withTakenIds = await requestsWithTakenIds(manager, org, requests, this.orders)
    const withFacts = await withOwnFacts(manager, requests, {
      cases,
      terms: termsWithDefaults,
      limitsOf: this.requirements.limitsOf,
      now,
    })
    const prepared = requests.map((request, index): PreparedRequest => {
      const confirmed = this.confirmations.read(request.confirmation, { org, by, ...request }, now)
      if (withTakenIds.has(request)) return { request, confirmed, caseCommand: undefined }
      const context = {
        org,
        terms: termsWithDefaults,
        wayOf: this.wayOf,
        now,
        confirmed: confirmed.warnings,
        undoMs: this.undoMs,
      }
      return {
        request,
        confirmed,
        caseCommand: buildCaseCommand(withFacts[index] ?? request, by, cases.get(request.caseId), context),
      }
    })
    const caseCommands = prepared.flatMap(({ caseCommand }) => caseCommand ?? [])
    const ownRows = rows.filter((row) => row.org === org)
    const results = new Map(
      (await this.writer.write(manager, caseCommands, now, ownRows)).map((result) => [result.caseCommand, result]),
    )
    const outcomes = prepared.map(({ request, confirmed, caseCommand }): ActionOutcome => {
      if (withTakenIds.has(request) && cases.get(request.caseId)?.org === org) return refusedForTakenId(request)
      const issueToken = (warnings: readonly ActionWarning[]): string =>
        this.confirmations.issue({ org, by, ...request }, warnings, now)
      return outcomeOf(request, caseCommand && results.get(caseCommand), confirmed, issueToken)
    })
    noteOutcomes(outcomes)
    return outcomes
  }
}

function noteOutcomes(outcomes: readonly ActionOutcome[]): void {
  const done = outcomes.filter(({ type }) => type === 'decided')
  noteChange({ intents: done.map(({ intent }) => intent), refused: outcomes.length - done.length })
}

interface PreparedRequest {
  readonly request: ActionRequest
  readonly confirmed: ConfirmationResult
  /** `undefined`: the model is not asked, e.g. because the id is taken. */
  readonly caseCommand: CaseCommand | undefined
}
