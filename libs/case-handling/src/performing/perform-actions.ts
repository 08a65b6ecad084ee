import { randomUUID } from 'node:crypto'
import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { ActionOrder, Answer, ActionOutcome, CallContext } from '#connectors'
import { connectorOf } from '#connectors'
import type { StoredEffect } from '#event-store'
import type { Clock, HostEvidence, Journal, LineUp, StoreRecord } from '../ports'
import { sealingTroubleOf } from '../ports'
import type { Sessions } from '../reading/sessions'
import type { CaseWriter } from '../writing/write-cases'
import type { ActionOrders } from './action-orders'
import { effectIdOf } from './effect-id'
import { EffectLedger } from './effect-ledger'
import type { HeldClaim, MonotonicClock } from './held-claim'
import { performOne } from './perform-one'
import { EffectConcurrency } from './semaphore'

/** Carry out up to `limit` actions of one store, nearest deadline first. Returns how many were processed. */
export class PerformActions extends Command<number> {
  constructor(
    readonly store: StoreRecord,
    readonly limit: number,
    readonly ctx: CallContext,
  ) {
    super()
  }
}

const MAX_CONCURRENT = 8
/** A key that was just created is known everywhere within a few seconds. */
const UNKNOWN_KEY_RETRY_MS = 5_000

/** Monotonic, and counts the time while the machine slept: the later of the two clocks. */
const monotonicClock: () => MonotonicClock = () => {
  const [steady, wall] = [performance.now(), Date.now()]
  return () => Math.max(performance.now() - steady, Date.now() - wall)
}

/**
 * Each action is claimed separately just before it is sent, so that none waits with its claim running. Expired claims
 * of other workers are marked as in doubt first: F17, a worker that was killed is replaced within half a minute.
 */
@CommandHandler(PerformActions)
export class PerformActionsHandler implements ICommandHandler<PerformActions> {
  private readonly holder = randomUUID()
  private readonly concurrency = new EffectConcurrency()

  constructor(
    private readonly database: DataSource,
    private readonly lineUp: LineUp,
    private readonly sessions: Sessions,
    private readonly writer: CaseWriter,
    private readonly orders: ActionOrders,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly hostEvidence?: HostEvidence,
  ) {}

  async execute({ store, limit, ctx }: PerformActions): Promise<number> {
    const ledger = new EffectLedger(this.database, this.writer, this.clock, store.id, this.holder, this.concurrency)
    const abandoned = await ledger.markAbandonedInDoubt(limit)
    if (abandoned > 0)
      this.journal.info('actions were left without an answer; they are in doubt', {
        store: store.id,
        actions: abandoned,
      })
    let left = limit
    let processed = 0
    const lane = async (): Promise<void> => {
      while (left-- > 0 && !ctx.signal.aborted) {
        if (!(await performOne(ledger, (effect, held) => this.send(store, effect, held, ctx), monotonicClock()))) return
        processed++
      }
    }
    const lanes = await Promise.allSettled(Array.from({ length: Math.min(MAX_CONCURRENT, limit) }, lane))
    // All lanes end before the error of one is thrown.
    for (const one of lanes) if (one.status === 'rejected') throw one.reason
    return abandoned + processed
  }

  /**
   * Opens the order; one that cannot be opened is refused, for a person to handle, unless the key may still arrive.
   * Others are not affected.
   */
  private openOrder(effect: StoredEffect): ActionOrder | ActionOutcome {
    try {
      return this.orders.open(effect)
    } catch (error) {
      const trouble = sealingTroubleOf(error)
      if (trouble === undefined) throw error
      this.journal.warn('the order of an action cannot be opened', error)
      return trouble === 'unknown-key'
        ? { type: 'try-later', afterMs: UNKNOWN_KEY_RETRY_MS, why: 'the key of the order is not known here yet' }
        : { type: 'refused', code: `ours:order-${trouble}`, text: '' }
    }
  }

  private async send(
    store: StoreRecord,
    effect: StoredEffect,
    held: HeldClaim,
    ctx: CallContext,
  ): Promise<ActionOutcome> {
    const connector = connectorOf(store.marketplace, this.lineUp)
    if (connector === undefined) return { type: 'refused', code: 'ours:no-such-marketplace', text: '' }
    if (!store.authorised) return { type: 'reauthorise', code: 'ours:not-authorised', text: '' }
    const openOrder = this.openOrder(effect)
    if ('type' in openOrder) return openOrder
    const pieces = 'evidence' in openOrder.action ? openOrder.action.evidence : []
    const hosted = pieces.length === 0 ? [] : await this.hostEvidence?.(effect.org, pieces)
    const claim = { effect: effectIdOf(effect), token: effect.token, case: effect.stream }
    const order = { ...openOrder, claim, ...(hosted === undefined || hosted.length === 0 ? {} : { evidence: hosted }) }
    const answer = await held.within(ctx, (claimCtx) =>
      this.sessions.withSession<ActionOutcome>(store, connector, claimCtx, async (session) =>
        asAnswer(await connector.outbound.perform(order, session, claimCtx)),
      ),
    )
    return asPerformed(answer)
  }
}

/** Token problems are for the session to handle; everything else is the answer. */
const asAnswer = (performed: ActionOutcome): Answer<ActionOutcome> =>
  performed.type === 'token-expired' || performed.type === 'reauthorise' ? performed : { type: 'ok', value: performed }

/**
 * No session means that the call was not made: the action is retried, and never in doubt, even if the result of the
 * token refresh is unknown.
 */
function asPerformed(answer: Answer<ActionOutcome>): ActionOutcome {
  if (answer.type === 'ok') return answer.value
  if (answer.type === 'reauthorise') return answer
  return {
    type: 'try-later',
    afterMs: answer.type === 'try-later' ? answer.afterMs : 1_000,
    why: 'the token could not be renewed',
  }
}
