import { performNextAction, type HeldClaim } from '#case-handling'
import type { ActionOutcome } from '#connectors'
import type { Draw } from '../../../apps/simulator/src/random'
import type { StepScheduler } from './step-scheduler'
import type { SingleCaseMarketplace } from './single-case-marketplace'
import type { ClaimedEffect, SimulatedDatabase } from './simulated-database'
import type { Safeguards } from './planted-bugs'

const MAX_DELAY_MS = 30_000

/** What can happen to a call, and how often, in per cent. */
const FATES = [
  ['answered', 46],
  ['answer-lost', 16],
  ['dropped', 10],
  ['late', 14],
  ['throttled', 8],
  ['unreached', 6],
] as const
type Fate = (typeof FATES)[number][0]

/** Workers that are killed and replaced. They run the real `performNextAction`; before and after each step they can be interrupted. */
export class SimulatedWorkers {
  /** Until when each is suspended, by the clock of the marketplace. */
  private readonly suspendedUntil = new Map<string, number>()
  private living: string[] = []
  private started = 0
  /** No more faults are injected. */
  isCalm = false

  constructor(
    private readonly database: SimulatedDatabase,
    private readonly marketplace: SingleCaseMarketplace,
    private readonly scheduler: StepScheduler,
    private readonly draw: Draw,
    private readonly safeguards: Safeguards,
  ) {}

  start(): void {
    const name = `worker ${++this.started}`
    this.living.push(name)
    void this.work(name)
  }

  killOne(): void {
    const name = this.draw.pick(this.living)
    this.living = this.living.filter((other) => other !== name)
    this.scheduler.remove(name)
    this.start()
  }

  suspendOne(ms: number): void {
    this.suspendedUntil.set(this.draw.pick(this.living), this.marketplace.now + ms)
  }

  mayRun = (name: string): boolean =>
    this.living.includes(name) && (this.suspendedUntil.get(name) ?? 0) <= this.marketplace.now

  private async work(name: string): Promise<never> {
    for (;;) {
      await this.scheduler.waitForTurn(name)
      this.database.giveUpAbandoned(this.marketplace.now)
      const ledger = {
        claim: async (): Promise<ClaimedEffect | undefined> => {
          await this.scheduler.waitForTurn(name)
          const effect = this.database.claim(this.marketplace.now)
          if (effect !== undefined) await this.scheduler.waitForTurn(name)
          return effect
        },
        record: async (effect: ClaimedEffect, performed: ActionOutcome, sentAt: number): Promise<boolean> => {
          // A commit may succeed although its acknowledgement is lost; then it is retried.
          do {
            await this.scheduler.waitForTurn(name)
            this.database.record(effect, performed, sentAt, this.marketplace.now)
          } while (!this.isCalm && this.draw.chance(0.15))
          return true
        },
      }
      await performNextAction(
        ledger,
        (effect, hold) => this.send(name, effect, hold),
        () => this.marketplace.now,
      )
    }
  }

  private async send(name: string, effect: ClaimedEffect, hold: HeldClaim): Promise<ActionOutcome> {
    // After the wait for the rate limit the claim is checked, and the call is sent in the same step.
    await this.scheduler.waitForTurn(name)
    const { now } = this.marketplace
    if (this.safeguards.rechecksClaim && !hold.markSending(now))
      return { type: 'try-later', afterMs: 0, why: 'the claim is over' }
    hold.sentAt = now
    const answer = this.call(effect)
    await this.scheduler.waitForTurn(name)
    return answer
  }

  private call({ intent, judged }: ClaimedEffect): ActionOutcome {
    switch (this.drawFate()) {
      case 'answered':
        return this.marketplace.agreeToRefund(intent, judged) ? { type: 'done' } : { type: 'stale', code: '20309541' }
      case 'answer-lost':
        this.marketplace.agreeToRefund(intent, judged)
        return { type: 'unknown', why: 'connection lost' }
      case 'dropped':
        return { type: 'unknown', why: 'connection lost' }
      case 'late':
        this.marketplace.agreeLater(intent, judged, this.draw.between(1, MAX_DELAY_MS))
        return { type: 'unknown', why: 'no answer' }
      case 'throttled':
        return { type: 'try-later', afterMs: this.draw.between(1, 2_000), why: 'too often' }
      case 'unreached':
        return { type: 'try-later', afterMs: 0, why: 'not reached' }
    }
  }

  private drawFate(): Fate {
    if (this.isCalm) return 'answered'
    let roll = this.draw.between(0, 99)
    for (const [drawFate, share] of FATES) {
      if (roll < share) return drawFate
      roll -= share
    }
    return 'answered'
  }
}
