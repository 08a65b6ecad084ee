import type { DataSource } from 'typeorm'
import { confirmationSigningOf } from '#access'
import type { Action, Actor, AfterSaleCase, Facets, Intent, Way } from '#after-sale'
import { defaultStoreTerms } from '#after-sale'
import type { ActionRequestOutcome, ActionRequest, Resolution, StoreTermsOf } from '#case-handling'
import {
  ActOnCases,
  ActOnCasesHandler,
  ActionOrders,
  CaseWriter,
  Confirmations,
  PerformActions,
  PerformActionsHandler,
  ResolveAction,
  ResolveActionHandler,
  Sessions,
  caseIdOf,
} from '#case-handling'
import type { Outbound, CallContext } from '#connectors'
import type { Projection } from '#event-store'
import { NOON, ctx, lineUpOf, type TestShop } from './anywhere-marketplace'
import { aRefundRequest } from './cases'

const OPERATOR: Actor = { kind: 'person', id: 'lin' }
const SECOND = 1_000

type RequestInput = Pick<ActionRequest, 'caseId'> & Partial<ActionRequest>

/** An operator who requests actions on the cases of one shop, and a worker that performs them at Anywhere. The test sets the clock. */
export class ActionScenario {
  now = NOON + 60 * SECOND
  way: Way = 'API'
  /** How long what costs money waits before it is sent, ms. */
  undoMs = 0
  private readonly orders: ActionOrders
  readonly writer: CaseWriter

  constructor(
    private readonly database: DataSource,
    private readonly shop: TestShop,
    projections: readonly Projection<AfterSaleCase>[] = [],
    private readonly termsOf: StoreTermsOf = () => Promise.resolve(() => defaultStoreTerms),
  ) {
    this.orders = new ActionOrders(shop.sealing)
    this.writer = new CaseWriter(projections, undefined, undefined, this.orders)
  }

  /** The marketplace reports a case `afterNoon` ms after noon; returns the case's id. */
  async report(caseNumber: string, facets: Partial<Facets> = aRefundRequest(), afterNoon = 0): Promise<string> {
    const { org, id: store } = await this.shop.store()
    const id = caseIdOf(org, store, caseNumber)
    const identity = { organisation: String(org), store: String(store), marketplace: 'anywhere', caseNumber }
    const stamp = { revision: NOON + afterNoon, observedAt: Math.max(this.now, NOON + afterNoon) }
    const command = { type: 'RecordObservation', identity, stamp, facets } as const
    await this.database.transaction((manager) =>
      this.writer.write(manager, [{ id, org, store, messageId: null, command }], this.now),
    )
    return id
  }

  request(...asked: readonly RequestInput[]): Promise<readonly ActionRequestOutcome[]> {
    return this.requestAs(OPERATOR, ...asked)
  }

  async requestAs(actor: Actor, ...asked: readonly RequestInput[]): Promise<readonly ActionRequestOutcome[]> {
    const handler = new ActOnCasesHandler(
      this.database,
      this.writer,
      this.termsOf,
      () => this.way,
      () => this.now,
      this.shop.journal,
      this.orders,
      new Confirmations(confirmationSigningOf(this.shop.vault)),
      undefined,
      this.undoMs,
    )
    const orders = asked.map((one) => ({
      intent: 'i-1',
      action: { name: 'approve-refund' } as Action,
      judged: NOON,
      facts: {},
      ...one,
    }))
    return handler.execute(new ActOnCases(this.shop.org, actor, orders))
  }

  /** A person's decision about an action whose outcome the marketplace does not show. */
  resolve(caseId: string, resolution: Resolution, intent = 'i-1'): Promise<ActionRequestOutcome> {
    const handler = new ResolveActionHandler(this.database, this.writer, () => this.now)
    return handler.execute(new ResolveAction(this.shop.org, OPERATOR, caseId, intent, resolution))
  }

  /** Performs due effects with a fresh worker, as a new process would; the rate limit is admitted before each call. */
  async perform(answer: Outbound['perform'], callContext: CallContext = this.world(), limit = 16): Promise<number> {
    const lineUp = lineUpOf({
      perform: async (order, session, within) => {
        try {
          await within.rateLimiter.admit([], within.signal)
        } catch {
          return { type: 'try-later', afterMs: 0, why: 'not sent' }
        }
        return answer(order, session, within)
      },
    })
    const sessions = new Sessions(this.database, this.shop.stores)
    const handler = new PerformActionsHandler(
      this.database,
      lineUp,
      sessions,
      this.writer,
      this.orders,
      () => this.now,
      this.shop.journal,
    )
    return handler.execute(new PerformActions(await this.shop.store(), limit, callContext))
  }

  /** A call context at the time of the scenario. */
  world(): CallContext {
    return ctx(new AbortController().signal, () => this.now)
  }

  async intents(caseId: string): Promise<readonly Intent[]> {
    const [row] = await this.database.query<{ state: AfterSaleCase }[]>('SELECT state FROM stream WHERE id = $1', [
      caseId,
    ])
    return row?.state.intents ?? []
  }
}
