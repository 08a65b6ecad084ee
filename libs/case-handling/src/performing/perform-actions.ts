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
import { isSuspended } from '../suspension'
import type { CaseWriter } from '../writing/case-writer'
import type { ActionOrders } from './action-orders'
import { effectIdOf } from './effect-id'
import { EffectLedger } from './effect-ledger'
import type { HeldClaim, MonotonicClock } from './held-claim'
import { performNextAction } from './perform-next-action'
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

/** Calls at once for one store; the rate limiter may admit fewer. */
const MAX_CONCURRENT = 8
/** All processes know a new key within a few seconds. */
const UNKNOWN_KEY_RETRY_MS = 5_000

/**
 * Time since now. The monotonic clock may stop while the machine is suspended and the wall clock may be set back; the
 * later of the two overestimates at worst, which is safe for a claim.
 */
const startMonotonicClock: () => MonotonicClock = () => {
  const [startedSteady, startedWall] = [performance.now(), Date.now()]
  return () => Math.max(performance.now() - startedSteady, Date.now() - startedWall)
}

/**
 * Each action is claimed just before it is sent, so that no claim expires while its action waits. Expired claims of
 * other workers are marked as in doubt first. A killed worker is replaced within half a minute (robustness F17, test/faults/README.md).
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
    let remainingActions = limit
    let processed = 0
    const performUntilDone = async (): Promise<void> => {
      while (remainingActions-- > 0 && !ctx.signal.aborted) {
        if (
          !(await performNextAction(
            ledger,
            (effect, claim) => this.send(store, effect, claim, ctx),
            startMonotonicClock(),
          ))
        )
          return
        processed++
      }
    }
    const outcomes = await Promise.allSettled(Array.from({ length: Math.min(MAX_CONCURRENT, limit) }, performUntilDone))
    // All have ended before the error of one is thrown.
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    return abandoned + processed
  }

  /**
   * An order that cannot be opened ends as refused, for a person to handle; with a key that is not known yet it is
   * retried. The other actions are not affected.
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
    claim: HeldClaim,
    ctx: CallContext,
  ): Promise<ActionOutcome> {
    const connector = connectorOf(store.marketplace, this.lineUp)
    if (connector === undefined) return { type: 'refused', code: 'ours:no-such-marketplace', text: '' }
    // The record may be older than a person's decision to resume the store, and a refusal is for good.
    if (!store.authorised)
      return (
        (await this.sessions.refusalIfSuspended(store)) ?? {
          type: 'reauthorise',
          code: 'ours:not-authorised',
          text: '',
        }
      )
    const openOrder = this.openOrder(effect)
    if ('type' in openOrder) return openOrder
    const pieces = 'evidence' in openOrder.action ? openOrder.action.evidence : []
    const hosted = pieces.length === 0 ? [] : await this.hostEvidence?.(effect.org, pieces)
    const identity = { effect: effectIdOf(effect), token: effect.token, case: effect.stream }
    const order = {
      ...openOrder,
      claim: identity,
      ...(hosted === undefined || hosted.length === 0 ? {} : { evidence: hosted }),
    }
    const answer = await claim.runWithin(ctx, (claimCtx) =>
      this.sessions.withSession<ActionOutcome>(store, connector, claimCtx, async (session) =>
        toSessionAnswer(await connector.outbound.perform(order, session, claimCtx)),
      ),
    )
    return toActionOutcome(answer)
  }
}

/** The session must see rejected tokens, to refresh them; every other outcome is the answer of the call. */
const toSessionAnswer = (performed: ActionOutcome): Answer<ActionOutcome> =>
  performed.type === 'token-expired' || performed.type === 'reauthorise' ? performed : { type: 'ok', value: performed }

/**
 * Without a session no call was made, so the action is retried and never in doubt, even if the outcome of the token
 * refresh is unknown. Where people have paused or removed the store, the refusal is shown, and a person
 * decides again.
 */
function toActionOutcome(answer: Answer<ActionOutcome>): ActionOutcome {
  if (answer.type === 'ok') return answer.value
  if (answer.type === 'reauthorise' || isSuspended(answer)) return answer
  return {
    type: 'try-later',
    afterMs: answer.type === 'try-later' ? answer.afterMs : 1_000,
    why: 'the token could not be renewed',
  }
}
