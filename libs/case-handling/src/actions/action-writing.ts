import type { EntityManager } from 'typeorm'
import type { ActionWarning, Actor, AfterSaleCase, StoreTerms } from '#after-sale'
import type { StreamRow } from '#event-store'
import { loadOwnStreams, noteChange, readOwnStreams } from '#event-store'
import type { MarketplaceRequirements, WayOf } from '../marketplace-requirements'
import { NO_REQUIREMENTS } from '../marketplace-requirements'
import type { ActionOrders } from '../performing/action-orders'
import type { StoreTermsOf } from '../ports'
import type { CaseCommand, CommandResult } from '../writing/case-command'
import type { CaseWriter } from '../writing/case-writer'
import type { ActionRequest, ActionRequestOutcome } from './action-requests'
import { buildCaseCommand, outcomeOf, refusedForTakenId } from './action-requests'
import { requestsWithTakenIds } from './client-ids'
import type { ConfirmationResult } from './confirmations'
import { withOwnFacts } from './own-facts'

/** Requests of one person on cases of their organisation. `stores`: other cases count as missing; absent: every store. */
export interface RequestedActions {
  readonly org: number
  readonly by: Actor
  readonly requests: readonly ActionRequest[]
  readonly stores?: readonly number[] | undefined
}

/** How the requests of one transaction are decided. */
export interface RequestContext {
  /** UTC ms. */
  readonly now: number
  /** How long actions that cost money wait before they are sent, ms. */
  readonly undoMs: number
  readonly confirmationOf: (request: ActionRequest) => ConfirmationResult
  /** Makes the token that confirms the warnings of a refusal. */
  readonly issueToken: (request: ActionRequest, warnings: readonly ActionWarning[]) => string
}

/** What a request would lead to now; nothing was written. */
export interface RequestPreview {
  readonly request: ActionRequest
  /** `undefined`: there is no such case, or it is of a store that the person may not see. */
  readonly row: StreamRow<AfterSaleCase> | undefined
  readonly result: CommandResult | undefined
}

/** Decides requested actions and writes them, in the caller's transaction: the one path of single actions and of batches. */
export class ActionWriting {
  constructor(
    private readonly writer: CaseWriter,
    private readonly termsOf: StoreTermsOf,
    private readonly wayOf: WayOf,
    private readonly orders: Pick<ActionOrders, 'open'>,
    private readonly requirements: MarketplaceRequirements = NO_REQUIREMENTS,
  ) {}

  /** The outcomes are in the order of the requests; those of one case are decided one after the other. */
  async decideAndWrite(
    manager: EntityManager,
    asked: RequestedActions,
    context: RequestContext,
  ): Promise<readonly ActionRequestOutcome[]> {
    const caseIds = [...new Set(asked.requests.map(({ caseId }) => caseId))]
    const rows = visibleRows(await loadOwnStreams<AfterSaleCase>(manager, asked.org, caseIds), asked)
    const preparedRequests = await this.prepareRequests(manager, asked, rows, context)
    const caseCommands = preparedRequests.flatMap(({ caseCommand }) => caseCommand ?? [])
    const results = new Map(
      (await this.writer.write(manager, caseCommands, context.now, rows)).map((result) => [result.caseCommand, result]),
    )
    const outcomes = preparedRequests.map(({ request, hasTakenId, confirmed, caseCommand }): ActionRequestOutcome => {
      if (hasTakenId) return refusedForTakenId(request)
      const issueToken = (warnings: readonly ActionWarning[]): string => context.issueToken(request, warnings)
      return outcomeOf(request, caseCommand && results.get(caseCommand), confirmed, issueToken)
    })
    noteOutcomes(outcomes)
    return outcomes
  }

  /** What each request would lead to now, each by itself. Nothing is written and no case is locked. */
  async preview(
    manager: EntityManager,
    asked: Omit<RequestedActions, 'requests'> & { readonly caseIds: readonly string[] },
    requestOf: (row: StreamRow<AfterSaleCase>) => ActionRequest,
    context: Pick<RequestContext, 'now' | 'confirmationOf'>,
  ): Promise<readonly RequestPreview[]> {
    const rows = visibleRows(await readOwnStreams<AfterSaleCase>(manager, asked.org, asked.caseIds), asked)
    const requests = rows.map(requestOf)
    const issueToken = (): string => ''
    const prepared = await this.prepareRequests(manager, { ...asked, requests }, rows, {
      ...context,
      undoMs: 0,
      issueToken,
    })
    const caseCommands = prepared.flatMap(({ caseCommand }) => caseCommand ?? [])
    const results = await this.writer.preview(manager, caseCommands, context.now, rows)
    const byCommand = new Map(results.map((result) => [result.caseCommand, result]))
    return prepared.map(({ request, caseCommand }, index) => ({
      request,
      row: rows[index],
      result: caseCommand && byCommand.get(caseCommand),
    }))
  }

  /** Adds to each request what it is decided by: our own facts, the terms of its store, and the confirmed warnings. */
  private async prepareRequests(
    manager: EntityManager,
    { org, by, requests }: RequestedActions,
    rows: readonly StreamRow<AfterSaleCase>[],
    { now, undoMs, confirmationOf }: RequestContext,
  ): Promise<readonly PreparedRequest[]> {
    const cases = new Map(rows.map((row) => [row.id, row]))
    const terms = await this.readTerms(manager, rows)
    const conflictingRequests = await requestsWithTakenIds(manager, org, requests, this.orders)
    const { limitsOf } = this.requirements
    const requestsWithFacts = await withOwnFacts(manager, requests, { cases, terms, limitsOf, now })
    return requests.map((request, index): PreparedRequest => {
      const row = cases.get(request.caseId)
      const confirmed = confirmationOf(request)
      // Without a case the answer is `NoSuchCase`, so that it does not show which ids other cases have used.
      if (row === undefined || conflictingRequests.has(request))
        return { request, hasTakenId: row !== undefined, confirmed, caseCommand: undefined }
      const context = { terms, wayOf: this.wayOf, now, confirmed: confirmed.warnings, undoMs }
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

/** The cases on which the person may act. Any other case counts as one that does not exist. */
const visibleRows = (
  rows: readonly StreamRow<AfterSaleCase>[],
  { stores }: Pick<RequestedActions, 'stores'>,
): readonly StreamRow<AfterSaleCase>[] => rows.filter(({ store }) => stores === undefined || stores.includes(store))

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
