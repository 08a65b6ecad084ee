import type { AfterSaleCase, Command, Intent, RequestAction } from '#after-sale'
import { ACTION_WARNINGS, INTENT_STATES, decide, defaultStoreTerms, evolve, tasksOf, timersOf } from '#after-sale'
import type { ActionWarning } from '#after-sale'
import { LEASE_MS, marketplaceAnswerOf, callResultOf } from '#case-handling'
import type { ActionOutcome } from '#connectors'
import type { CallResult, EffectLife } from '#event-store'
import type { Safeguards } from './planted-bugs'

const NEW_EFFECT: EffectLife = {
  state: 'ready',
  token: 0,
  attempts: 0,
  notBefore: 0,
  leaseUntil: null,
  sentAt: null,
  endedAs: null,
}
const OPERATOR = { kind: 'person', id: 'lin' } as const

/** An effect claimed by a worker. */
export interface ClaimedEffect {
  readonly stream: string
  readonly intent: string
  readonly token: number
  readonly judged: number
  readonly seen: number
  readonly sentAt: number | null
}

/**
 * The database of one run, in memory: one case, decided and folded by the model itself, and its effects, changed by the same
 * steps as the rows of the real table. Each method is one transaction, all or nothing.
 */
export class SimulatedDatabase {
  afterSale: AfterSaleCase | undefined
  /** Whether the case is to be read from the marketplace. */
  wantsReading = false
  readonly everInDoubt = new Set<string>()
  private readonly effects = new Map<string, { life: EffectLife; readonly judged: number }>()
  private token = 0

  constructor(private readonly safeguards: Safeguards) {}

  get intents(): readonly Intent[] {
    return this.afterSale?.intents ?? []
  }

  /** Whether nothing is left to send, read or settle. */
  get isQuiet(): boolean {
    return !this.wantsReading && this.intents.every(({ state }) => !INTENT_STATES[state].open)
  }

  execute(command: Command): boolean {
    const decision = decide(this.afterSale, command, this.safeguards.terms)
    if (decision.type === 'refused') return false
    for (const event of decision.events) this.afterSale = evolve(this.afterSale, event)
    for (const effect of decision.effects) {
      if (effect.type === 'ReadCase') this.wantsReading = true
      else this.effects.set(effect.intent, { life: NEW_EFFECT, judged: effect.judged })
    }
    for (const { id, state } of this.intents) if (state === 'in-doubt') this.everInDoubt.add(id)
    return true
  }

  requestRefund(intent: string, now: number): void {
    const request: RequestAction = {
      type: 'RequestAction',
      intent,
      action: { name: 'approve-refund' },
      by: OPERATOR,
      way: 'API',
      judged: this.afterSale?.lastSeen?.revision ?? 0,
      terms: defaultStoreTerms,
      facts: {},
      confirmed: Object.keys(ACTION_WARNINGS) as ActionWarning[],
      now,
    }
    this.execute(request)
  }

  withdraw(intent: string, now: number): void {
    const effect = this.effects.get(intent)
    const after = effect && this.safeguards.steps.withdrawn(effect.life)
    if (this.safeguards.cancelsEffectFirst && after === undefined) return
    if (effect !== undefined && after !== undefined) effect.life = after
    this.execute({ type: 'CloseAction', intent, as: 'withdrawn', by: OPERATOR, now })
  }

  /** Claims the next effect and commits the claim at once, unless this run lacks that safeguard. */
  claim(now: number): ClaimedEffect | undefined {
    for (const [intent, effect] of this.effects) {
      const life = this.safeguards.steps.claimed(effect.life, {
        token: this.token + 1,
        at: now,
        leaseMs: LEASE_MS,
        sentAt: now,
      })
      if (life === undefined) continue
      this.token++
      if (this.safeguards.commitsClaimFirst) effect.life = life
      return {
        stream: 's',
        intent,
        token: life.token,
        judged: effect.judged,
        seen: this.afterSale?.lastSeen?.revision ?? 0,
        sentAt: now,
      }
    }
    return undefined
  }

  record({ intent, token }: ClaimedEffect, performed: ActionOutcome, sentAt: number, now: number): void {
    const effect = this.effects.get(intent)
    if (effect === undefined) return
    const end: CallResult = callResultOf(performed)
    const lifeBefore: EffectLife = this.safeguards.commitsClaimFirst
      ? effect.life
      : { ...effect.life, state: 'sent', token, attempts: effect.life.attempts + 1 }
    const life = this.safeguards.steps.answered(lifeBefore, token, end, now)
    if (life === undefined) return
    effect.life = life
    if (life.state === 'ended')
      this.execute({ type: 'RecordAnswer', intent, answer: marketplaceAnswerOf(performed, life.endedAs), sentAt, now })
  }

  giveUpAbandoned(now: number): void {
    for (const [intent, effect] of this.effects) {
      const life = this.safeguards.steps.abandoned(effect.life, now)
      if (life === undefined) continue
      effect.life = life
      this.execute({
        type: 'RecordAnswer',
        intent,
        answer: { type: 'in-doubt' },
        sentAt: (life.sentAt ?? now) + LEASE_MS,
        now,
      })
    }
  }

  fireTimers(now: number): void {
    if (this.afterSale === undefined) return
    for (const { kind, due } of timersOf(this.afterSale, this.safeguards.terms))
      if (due <= now) this.execute({ type: 'FireTimer', kind, due, now })
  }

  /** Whether this action is shown to a person as a task. */
  isTask(intent: string, now: number): boolean {
    return (
      this.afterSale !== undefined &&
      tasksOf(this.afterSale, this.safeguards.terms).some((task) => task.intent === intent && task.due <= now)
    )
  }
}
