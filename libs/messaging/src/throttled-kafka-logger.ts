/** What is to be written down of a client's words. */
type Say = (line: string) => void

const AGAIN_AFTER_MS = 60_000
/** Longer lists are forgotten: what is said once in a while may be said twice. */
const TEXTS_KEPT = 200
/** Numbers of attempts, partitions and answers make no other trouble of it. */
const sortOf = (line: string): string => line.replace(/\d+/g, '#')

/**
 * A client without a broker repeats itself ten times a second, in words for who wrote it. Here it is a sentence when it begins,
 * one a minute while it lasts, and one when it is over; of anything else the client complains of, each sort once a minute.
 */
export class ThrottledKafkaLogger {
  /** Since when no broker answers, and when that was said last. */
  private away: { readonly since: number; saidAt: number } | undefined
  private saidAway = -Infinity
  private readonly told = new Map<string, number>()

  /** @param now a steady clock, ms */
  constructor(
    private readonly say: Say,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The client could not connect, or a connection broke. */
  isAway(why: string): void {
    const at = this.now()
    this.away ??= { since: at, saidAt: this.saidAway }
    if (at - this.away.saidAt < AGAIN_AFTER_MS) return
    const lasting = at === this.away.since ? '' : ` for ${Math.round((at - this.away.since) / 1_000)} s`
    this.say(
      `a broker of Kafka has not answered${lasting}: ${why}. All else goes on; what is to be told waits in the database until it does`,
    )
    this.away.saidAt = this.saidAway = at
  }

  /** It has connected. */
  answers(): void {
    if (this.away === undefined) return
    const said = this.away.saidAt >= this.away.since
    this.away = undefined
    if (said) this.say('a broker of Kafka answers again')
  }

  complains(line: string): void {
    const [sort, at] = [sortOf(line), this.now()]
    if (at - (this.told.get(sort) ?? -Infinity) < AGAIN_AFTER_MS) return
    if (this.told.size >= TEXTS_KEPT) this.told.clear()
    this.told.set(sort, at)
    this.say(line)
  }
}
