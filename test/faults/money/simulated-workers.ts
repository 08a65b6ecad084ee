import { performNextAction, type HeldClaim } from '#case-handling'
import type { ActionOutcome } from '#connectors'
import type { Draw } from '../../../apps/simulator/src/random'
import type { Gates } from './step-scheduler'
import type { Marketplace } from './single-case-marketplace'
import type { InHand, Office } from './simulated-database'
import type { Safeguards } from './planted-bugs'

const MOST_LATE_MS = 30_000

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
export class Workers {
  /** Until when each is suspended, by the clock of the marketplace. */
  private readonly stopped = new Map<string, number>()
  private living: string[] = []
  private born = 0
  /** No more faults are injected. */
  calm = false

  constructor(
    private readonly office: Office,
    private readonly marketplace: Marketplace,
    private readonly gates: Gates,
    private readonly draw: Draw,
    private readonly safeguards: Safeguards,
  ) {}

  start(): void {
    const who = `worker ${++this.born}`
    this.living.push(who)
    void this.work(who)
  }

  kill(): void {
    const who = this.draw.pick(this.living)
    this.living = this.living.filter((other) => other !== who)
    this.gates.kill(who)
    this.start()
  }

  stop(ms: number): void {
    this.stopped.set(this.draw.pick(this.living), this.marketplace.now + ms)
  }

  mayGo = (who: string): boolean => this.living.includes(who) && (this.stopped.get(who) ?? 0) <= this.marketplace.now

  private async work(who: string): Promise<never> {
    for (;;) {
      await this.gates.pass(who)
      this.office.giveUpAbandoned(this.marketplace.now)
      const book = {
        claim: async (): Promise<InHand | undefined> => {
          await this.gates.pass(who)
          const effect = this.office.claim(this.marketplace.now)
          if (effect !== undefined) await this.gates.pass(who)
          return effect
        },
        record: async (effect: InHand, performed: ActionOutcome, sentAt: number): Promise<boolean> => {
          // A commit may succeed although its acknowledgement is lost; then it is retried.
          do {
            await this.gates.pass(who)
            this.office.record(effect, performed, sentAt, this.marketplace.now)
          } while (!this.calm && this.draw.chance(0.15))
          return true
        },
      }
      await performNextAction(
        book,
        (effect, hold) => this.send(who, effect, hold),
        () => this.marketplace.now,
      )
    }
  }

  private async send(who: string, effect: InHand, hold: HeldClaim): Promise<ActionOutcome> {
    // After the wait for the rate limit the claim is checked, and the call is sent in the same step.
    await this.gates.pass(who)
    const { now } = this.marketplace
    if (this.safeguards.rechecksClaim && !hold.markSending(now))
      return { type: 'try-later', afterMs: 0, why: 'the claim is over' }
    hold.sentAt = now
    const answer = this.call(effect)
    await this.gates.pass(who)
    return answer
  }

  private call({ intent, judged }: InHand): ActionOutcome {
    switch (this.fate()) {
      case 'answered':
        return this.marketplace.agreeToRefund(intent, judged) ? { type: 'done' } : { type: 'stale', code: '20309541' }
      case 'answer-lost':
        this.marketplace.agreeToRefund(intent, judged)
        return { type: 'unknown', why: 'connection lost' }
      case 'dropped':
        return { type: 'unknown', why: 'connection lost' }
      case 'late':
        this.marketplace.agreeLater(intent, judged, this.draw.between(1, MOST_LATE_MS))
        return { type: 'unknown', why: 'no answer' }
      case 'throttled':
        return { type: 'try-later', afterMs: this.draw.between(1, 2_000), why: 'too often' }
      case 'unreached':
        return { type: 'try-later', afterMs: 0, why: 'not reached' }
    }
  }

  private fate(): Fate {
    if (this.calm) return 'answered'
    let roll = this.draw.between(0, 99)
    for (const [fate, share] of FATES) {
      if (roll < share) return fate
      roll -= share
    }
    return 'answered'
  }
}
