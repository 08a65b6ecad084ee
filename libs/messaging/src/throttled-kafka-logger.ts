/** What is to be written down of a client's words. */
type Log = (line: string) => void

const REPEAT_AFTER_MS = 60_000
/** Longer lists are forgotten: what is said once in a while may be said twice. */
const MOST_TEXTS = 200
/** Numbers of attempts, partitions and answers make no other trouble of it. */
const templateOf = (line: string): string => line.replace(/\d+/g, '#')

/**
 * A client without a broker repeats itself ten times a second, in words for who wrote it. Here it is a sentence when it begins,
 * one a minute while it lasts, and one when it is over; of anything else the client complains of, each sort once a minute.
 */
export class ThrottledKafkaLogger {
  /** Since when no broker answers, and when that was said last. */
  private outage: { readonly since: number; saidAt: number } | undefined
  private lastOutageLogged = -Infinity
  private readonly lastLogged = new Map<string, number>()

  /** @param now a steady clock, ms */
  constructor(
    private readonly log: Log,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The client could not connect, or a connection broke. */
  unreachable(why: string): void {
    const at = this.now()
    this.outage ??= { since: at, saidAt: this.lastOutageLogged }
    if (at - this.outage.saidAt < REPEAT_AFTER_MS) return
    const lasting = at === this.outage.since ? '' : ` for ${Math.round((at - this.outage.since) / 1_000)} s`
    this.log(
      `a broker of Kafka has not answered${lasting}: ${why}. All else goes on; what is to be told waits in the database until it does`,
    )
    this.outage.saidAt = this.lastOutageLogged = at
  }

  /** It has connected. */
  connected(): void {
    if (this.outage === undefined) return
    const said = this.outage.saidAt >= this.outage.since
    this.outage = undefined
    if (said) this.log('a broker of Kafka answers again')
  }

  error(line: string): void {
    const [sort, at] = [templateOf(line), this.now()]
    if (at - (this.lastLogged.get(sort) ?? -Infinity) < REPEAT_AFTER_MS) return
    if (this.lastLogged.size >= MOST_TEXTS) this.lastLogged.clear()
    this.lastLogged.set(sort, at)
    this.log(line)
  }
}
