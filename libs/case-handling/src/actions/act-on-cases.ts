import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Actor } from '#after-sale'
import { isTransient } from '../transient-errors'
import type { Clock, Journal, StoreTermsOf } from '../ports'
import type { MarketplaceRequirements, WayOf } from '../marketplace-requirements'
import type { CaseWriter } from '../writing/case-writer'
import type { ActionOrders } from '../performing/action-orders'
import type { ActionRequestOutcome, ActionRequest } from './action-requests'
import { ActionWriting } from './action-writing'
import type { Confirmations } from './confirmations'

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
  private readonly writing: ActionWriting

  constructor(
    private readonly database: DataSource,
    writer: CaseWriter,
    termsOf: StoreTermsOf,
    wayOf: WayOf,
    private readonly clock: Clock,
    private readonly journal: Journal,
    orders: Pick<ActionOrders, 'open'>,
    private readonly confirmations: Confirmations,
    requirements?: MarketplaceRequirements,
    /** How long actions that cost money wait before they are sent, ms. */
    private readonly undoMs = 0,
  ) {
    this.writing = new ActionWriting(writer, termsOf, wayOf, orders, requirements)
  }

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
        return await this.decideAndWrite(command)
      } catch (error) {
        if (remainingRetries === 0 || !isTransient(error)) throw error
      }
    }
  }

  private decideAndWrite(command: ActOnCases): Promise<readonly ActionRequestOutcome[]> {
    const { org, by } = command
    const now = this.clock()
    return this.database.transaction((manager) =>
      this.writing.decideAndWrite(manager, command, {
        now,
        undoMs: this.undoMs,
        confirmationOf: (request) => this.confirmations.read(request.confirmation, { org, by, ...request }, now),
        issueToken: (request, warnings) => this.confirmations.issue({ org, by, ...request }, warnings, now),
      }),
    )
  }
}
