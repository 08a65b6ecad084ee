import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource, EntityManager } from 'typeorm'
import type { ActionWarning, Actor, AfterSaleCase, StoreTerms } from '#after-sale'
import type { StreamRow } from '#event-store'
import { loadOwnStreams, noteChange } from '#event-store'
import { withOwnFacts } from './own-facts'
import { isTransient } from '../transient-errors'
import type { Clock, Journal, StoreTermsOf } from '../ports'
import type { MarketplaceRequirements, WayOf } from '../marketplace-requirements'
import { NO_REQUIREMENTS } from '../marketplace-requirements'
import type { CaseCommand } from '../writing/case-command'
import type { CaseWriter } from '../writing/case-writer'
import type { ActionOrders } from '../performing/action-orders'
import type { ActionRequestOutcome, ActionRequest } from './action-requests'
import { refusedForTakenId, outcomeOf, buildCaseCommand } from './action-requests'
import { requestsWithTakenIds } from './client-ids'
import type { Confirmations, ConfirmationResult } from './confirmations'

/**
 * A person requests actions on one or many cases of their organisation (R170). Each has its own outcome, in the order
 * of the requests; those of one case are decided one after the other.
 */
export class ActOnCases extends Command<readonly ActionRequestOutcome[]> {
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

/** Retried without a pause: a person is waiting, and a concurrent writer has usually finished by then. */
const MAX_ATTEMPTS = 4

/**
 * All requests are written in one transaction; nothing is sent in it. If the transaction fails with an error that a
 * retry does not cure, each request is written in a transaction of its own, so that only the one that causes the error
 * is refused. A repeated request with the same id gets the same answer and is not carried out again.
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

  async execute(command: ActOnCases): Promise<readonly ActionRequestOutcome[]> {
    const { org, by, requests, stores } = command
    if (requests.length === 0) return []
    try {
      return await this.writeWithRetries(command)
    } catch (error) {
      if (isTransient(error)) throw error
      const [onlyRequest] = requests
      if (requests.length === 1 && onlyRequest !== undefined) {
        this.journal.warn('an action could not be written', error)
        return [
          { type: 'refused', caseId: onlyRequest.caseId, intent: onlyRequest.intent, reason: 'CouldNotBeWritten' },
        ]
      }
      const outcomes: ActionRequestOutcome[] = []
      for (const request of requests) outcomes.push(...(await this.execute(new ActOnCases(org, by, [request], stores))))
      return outcomes
    }
  }

  /** Transient errors are retried: the transaction was rolled back, so nothing was written. */
  private async writeWithRetries(command: ActOnCases): Promise<readonly ActionRequestOutcome[]> {
    for (let remainingRetries = MAX_ATTEMPTS - 1; ; remainingRetries--) {
      try {
        return await this.database.transaction((manager) => this.decideAndWrite(manager, command))
      } catch (error) {
        if (remainingRetries === 0 || !isTransient(error)) throw error
      }
    }
  }

  private async decideAndWrite(manager: EntityManager, command: ActOnCases): Promise<readonly ActionRequestOutcome[]> {
    const now = this.clock()
    const rows = await lockActionableCases(manager, command)
    const preparedRequests = await this.prepareRequests(manager, command, rows, now)
    const caseCommands = preparedRequests.flatMap(({ caseCommand }) => caseCommand ?? [])
    const results = new Map(
      (await this.writer.write(manager, caseCommands, now, rows)).map((result) => [result.caseCommand, result]),
    )
    const outcomes = preparedRequests.map(({ request, hasTakenId, confirmed, caseCommand }): ActionRequestOutcome => {
      if (hasTakenId) return refusedForTakenId(request)
      const issueToken = (warnings: readonly ActionWarning[]): string =>
        this.confirmations.issue({ org: command.org, by: command.by, ...request }, warnings, now)
      return outcomeOf(request, caseCommand && results.get(caseCommand), confirmed, issueToken)
    })
    noteOutcomes(outcomes)
    return outcomes
  }

  /** Adds to each request what it is decided by: our own facts, the terms of its store, and the confirmed warnings. */
  private async prepareRequests(
    manager: EntityManager,
    { org, by, requests }: ActOnCases,
    rows: readonly StreamRow<AfterSaleCase>[],
    now: number,
  ): Promise<readonly PreparedRequest[]> {
    const cases = new Map(rows.map((row) => [row.id, row]))
    const terms = await this.readTerms(manager, rows)
    const conflictingRequests = await requestsWithTakenIds(manager, org, requests, this.orders)
    const { limitsOf } = this.requirements
    const requestsWithFacts = await withOwnFacts(manager, requests, { cases, terms, limitsOf, now })
    return requests.map((request, index): PreparedRequest => {
      const row = cases.get(request.caseId)
      const confirmed = this.confirmations.read(request.confirmation, { org, by, ...request }, now)
      // Without a case the answer is `NoSuchCase`, so that it does not show which ids other cases have used.
      if (row === undefined || conflictingRequests.has(request))
        return { request, hasTakenId: row !== undefined, confirmed, caseCommand: undefined }
      const context = { terms, wayOf: this.wayOf, now, confirmed: confirmed.warnings, undoMs: this.undoMs }
      const caseCommand = buildCaseCommand(requestsWithFacts[index] ?? request, by, row, context)
      return { request, hasTakenId: false, confirmed, caseCommand }
    })
  }

  /** The terms of each store: the defaults of its marketplace, replaced by what the store itself has set. */
  private async readTerms(
    manager: EntityManager,
    rows: readonly StreamRow<AfterSaleCase>[],
  ): Promise<(store: number) => StoreTerms> {
    const storeTerms = await this.termsOf(manager)
    const marketplaces = new Map(rows.map(({ store, state }) => [store, state.marketplace]))
    return (store) => ({
      ...this.requirements.defaultTermsOf(marketplaces.get(store) ?? ''),
      ...storeTerms(store),
    })
  }
}

/** Locks the cases of the requests on which the person may act. Any other case counts as one that does not exist. */
async function lockActionableCases(
  manager: EntityManager,
  { org, requests, stores }: ActOnCases,
): Promise<readonly StreamRow<AfterSaleCase>[]> {
  const caseIds = [...new Set(requests.map(({ caseId }) => caseId))]
  const rows = await loadOwnStreams<AfterSaleCase>(manager, org, caseIds)
  return rows.filter(({ store }) => stores === undefined || stores.includes(store))
}

function noteOutcomes(outcomes: readonly ActionRequestOutcome[]): void {
  const decided = outcomes.filter(({ type }) => type === 'decided')
  noteChange({ intents: decided.map(({ intent }) => intent), refused: outcomes.length - decided.length })
}

interface PreparedRequest {
  readonly request: ActionRequest
  /** Its id was used by another request: it is refused without asking the model. */
  readonly hasTakenId: boolean
  readonly confirmed: ConfirmationResult
  /** `undefined`: the model is not asked, because the id is taken or the case does not exist. */
  readonly caseCommand: CaseCommand | undefined
}
