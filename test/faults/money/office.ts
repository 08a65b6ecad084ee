import type { AfterSaleCase, Command, Intent, RequestAction } from '#after-sale'
import { ACTION_WARNINGS, INTENT_STATES, decide, defaultStoreTerms, evolve, tasksOf, timersOf } from '#after-sale'
import type { ActionWarning } from '#after-sale'
import { LEASE_MS, answerOf, callEndOf } from '#case-handling'
import type { Performed } from '#connectors'
import type { CallEnd, EffectLife } from '#event-store'
import type { Rules } from './rules'

const FRESH: EffectLife = {
  state: 'ready',
  token: 0,
  attempts: 0,
  notBefore: 0,
  leaseUntil: null,
  sentAt: null,
  endedAs: null,
}
const by = { kind: 'person', id: 'lin' } as const

/** An effect as a worker has it in hand. */
export interface InHand {
  readonly stream: string
  readonly intent: string
  readonly token: number
  readonly judged: number
  readonly seen: number
  readonly sentAt: number | null
}

/**
 * The database of one run, in memory: one case, decided and folded by the model itself, and its effects, moved by the very
 * steps that the table is moved by. Each method is one transaction: it happens as a whole or not at all.
 */
export class Office {
  afterSale: AfterSaleCase | undefined
  /** Whether the case is to be read from the marketplace. */
  wantsReading = false
  readonly everInDoubt = new Set<string>()
  private readonly effects = new Map<string, { life: EffectLife; readonly judged: number }>()
  private token = 0

  constructor(private readonly rules: Rules) {}

  get intents(): readonly Intent[] {
    return this.afterSale?.intents ?? []
  }

  /** Whether nothing is left to be sent, to be asked or to be settled. */
  get isQuiet(): boolean {
    return !this.wantsReading && this.intents.every(({ state }) => !INTENT_STATES[state].open)
  }

  tell(command: Command): boolean {
    const decision = decide(this.afterSale, command, this.rules.terms)
    if (decision.type === 'refused') return false
    for (const event of decision.events) this.afterSale = evolve(this.afterSale, event)
    for (const effect of decision.effects) {
      if (effect.type === 'ReadCase') this.wantsReading = true
      else this.effects.set(effect.intent, { life: FRESH, judged: effect.judged })
    }
    for (const { id, state } of this.intents) if (state === 'in-doubt') this.everInDoubt.add(id)
    return true
  }

  ask(intent: string, now: number): void {
    const request: RequestAction = {
      type: 'RequestAction',
      intent,
      action: { name: 'approve-refund' },
      by,
      way: 'API',
      judged: this.afterSale?.lastSeen?.revision ?? 0,
      terms: defaultStoreTerms,
      facts: {},
      confirmed: Object.keys(ACTION_WARNINGS) as ActionWarning[],
      now,
    }
    this.tell(request)
  }

  takeBack(intent: string, now: number): void {
    const found = this.effects.get(intent)
    const after = found && this.rules.steps.withdrawn(found.life)
    if (this.rules.takesBackFirst && after === undefined) return
    if (found !== undefined && after !== undefined) found.life = after
    this.tell({ type: 'CloseAction', intent, as: 'withdrawn', by, now })
  }

  /** Claims the next effect, and commits that at once, unless by the rules of this run it is done later. */
  claim(now: number): InHand | undefined {
    for (const [intent, effect] of this.effects) {
      const life = this.rules.steps.claimed(effect.life, {
        token: this.token + 1,
        at: now,
        leaseMs: LEASE_MS,
        sentAt: now,
      })
      if (life === undefined) continue
      this.token++
      if (this.rules.claimsFirst) effect.life = life
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

  record({ intent, token }: InHand, performed: Performed, sentAt: number, now: number): void {
    const effect = this.effects.get(intent)
    if (effect === undefined) return
    const end: CallEnd = callEndOf(performed)
    const held: EffectLife = this.rules.claimsFirst
      ? effect.life
      : { ...effect.life, state: 'sent', token, attempts: effect.life.attempts + 1 }
    const life = this.rules.steps.answered(held, token, end, now)
    if (life === undefined) return
    effect.life = life
    if (life.state === 'ended')
      this.tell({ type: 'RecordAnswer', intent, answer: answerOf(performed, life.endedAs), sentAt, now })
  }

  giveUpAbandoned(now: number): void {
    for (const [intent, effect] of this.effects) {
      const life = this.rules.steps.abandoned(effect.life, now)
      if (life === undefined) continue
      effect.life = life
      this.tell({
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
    for (const { kind, due } of timersOf(this.afterSale, this.rules.terms))
      if (due <= now) this.tell({ type: 'NoticeDeadline', kind, due, now })
  }

  /** Whether a person sees this action as something to be looked at. */
  isTask(intent: string, now: number): boolean {
    return (
      this.afterSale !== undefined &&
      tasksOf(this.afterSale, this.rules.terms).some((task) => task.intent === intent && task.due <= now)
    )
  }
}
