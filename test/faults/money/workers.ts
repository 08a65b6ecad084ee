import { performOne, type Hold } from '#case-handling'
import type { Performed } from '#connectors'
import type { Draw } from '../../../apps/simulator/src/random'
import type { Gates } from './gates'
import type { Marketplace } from './marketplace'
import type { InHand, Office } from './office'
import type { Rules } from './rules'

const MOST_LATE_MS = 30_000

/** What can happen to a call on its way, and how often of a hundred. */
const FATES = [
  ['answered', 46],
  ['answer-lost', 16],
  ['dropped', 10],
  ['late', 14],
  ['throttled', 8],
  ['unreached', 6],
] as const
type Fate = (typeof FATES)[number][0]

/** Workers that come and go. Their work is the product's own `performOne`; before and after each step they can be cut off. */
export class Workers {
  /** Until when each is stopped, by the clock of the marketplace. */
  private readonly stopped = new Map<string, number>()
  private living: string[] = []
  private born = 0
  /** Nothing goes wrong any more. */
  calm = false

  constructor(
    private readonly office: Office,
    private readonly marketplace: Marketplace,
    private readonly gates: Gates,
    private readonly draw: Draw,
    private readonly rules: Rules,
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
        record: async (effect: InHand, performed: Performed, sentAt: number): Promise<boolean> => {
          // The commit may come through and its acknowledgement not: then it is tried once more.
          do {
            await this.gates.pass(who)
            this.office.record(effect, performed, sentAt, this.marketplace.now)
          } while (!this.calm && this.draw.chance(0.15))
          return true
        },
      }
      await performOne(
        book,
        (effect, hold) => this.send(who, effect, hold),
        () => this.marketplace.now,
      )
    }
  }

  private async send(who: string, effect: InHand, hold: Hold): Promise<Performed> {
    // The marketplace's pace is waited for; then the claim is looked at, and in that same moment the call leaves.
    await this.gates.pass(who)
    const { now } = this.marketplace
    if (this.rules.looksAgain && !hold.sending(now)) return { type: 'try-later', afterMs: 0, why: 'the claim is over' }
    hold.sentAt = now
    const answer = this.onItsWay(effect)
    await this.gates.pass(who)
    return answer
  }

  private onItsWay({ intent, judged }: InHand): Performed {
    switch (this.fate()) {
      case 'answered':
        return this.marketplace.agreeToRefund(intent, judged) ? { type: 'done' } : { type: 'stale', code: '20309541' }
      case 'answer-lost':
        this.marketplace.agreeToRefund(intent, judged)
        return { type: 'unknown', why: 'cut' }
      case 'dropped':
        return { type: 'unknown', why: 'cut' }
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
