/** Writes one line to the log. */
type Log = (line: string) => void

const REPEAT_AFTER_MS = 60_000
/** A longer list is cleared, at the cost of an early repetition. */
const MOST_TEXTS = 200
/** Messages that differ only in numbers (attempts, partitions, offsets) count as one. */
const templateOf = (line: string): string => line.replace(/\d+/g, '#')

/**
 * Without a broker the client logs an error ten times a second. This logs an outage when it begins, once a minute while it lasts
 * and when it is over; of all other errors each kind once a minute.
 */
export class ThrottledKafkaLogger {
  /** Since when no broker answers, and when that was last logged. */
  private outage: { readonly since: number; loggedAt: number } | undefined
  private lastOutageLogged = -Infinity
  private readonly lastLogged = new Map<string, number>()

  /** @param now a monotonic clock, ms */
  constructor(
    private readonly log: Log,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The client could not connect, or a connection broke. */
  unreachable(why: string): void {
    const at = this.now()
    this.outage ??= { since: at, loggedAt: this.lastOutageLogged }
    if (at - this.outage.loggedAt < REPEAT_AFTER_MS) return
    const lasting = at === this.outage.since ? '' : ` for ${Math.round((at - this.outage.since) / 1_000)} s`
    this.log(`Kafka is unreachable${lasting}: ${why}. Events wait in the database and are published when it is back`)
    this.outage.loggedAt = this.lastOutageLogged = at
  }

  /** It has connected. */
  connected(): void {
    if (this.outage === undefined) return
    const wasLogged = this.outage.loggedAt >= this.outage.since
    this.outage = undefined
    if (wasLogged) this.log('Kafka is reachable again')
  }

  error(line: string): void {
    const [sort, at] = [templateOf(line), this.now()]
    if (at - (this.lastLogged.get(sort) ?? -Infinity) < REPEAT_AFTER_MS) return
    if (this.lastLogged.size >= MOST_TEXTS) this.lastLogged.clear()
    this.lastLogged.set(sort, at)
    this.log(line)
  }
}
