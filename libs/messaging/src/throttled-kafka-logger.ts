/** Writes one line to the log. */
type Log = (line: string) => void

const REPEAT_AFTER_MS = 60_000
/** Bounds the memory: when so many texts are remembered, all are forgotten, and some are logged again too early. */
const MAX_TEMPLATES = 200
/** Lines that differ only in numbers (attempts, partitions, offsets) count as one. */
const templateOf = (line: string): string => line.replace(/\d+/g, '#')

/**
 * While no broker answers, the client logs an error ten times a second. This logger reports an outage when it begins, once a
 * minute while it lasts, and when it is over; any other error once a minute for each text.
 */
export class ThrottledKafkaLogger {
  /** Since when no broker has answered, and when that was last logged; by `now`. */
  private outage: { readonly since: number; loggedAt: number } | undefined
  private lastOutageLoggedAt = -Infinity
  private readonly loggedAtByTemplate = new Map<string, number>()

  /** @param now a monotonic clock, ms */
  constructor(
    private readonly log: Log,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** To be called when the client could not connect, or a connection broke. */
  unreachable(reason: string): void {
    const at = this.now()
    this.outage ??= { since: at, loggedAt: this.lastOutageLoggedAt }
    if (at - this.outage.loggedAt < REPEAT_AFTER_MS) return
    const duration = at === this.outage.since ? '' : ` for ${Math.round((at - this.outage.since) / 1_000)} s`
    this.log(
      `Kafka is unreachable${duration}: ${reason}. Events wait in the database and are published when it is back`,
    )
    this.outage.loggedAt = this.lastOutageLoggedAt = at
  }

  /** To be called when the client has connected. */
  connected(): void {
    if (this.outage === undefined) return
    const wasLogged = this.outage.loggedAt >= this.outage.since
    this.outage = undefined
    if (wasLogged) this.log('Kafka is reachable again')
  }

  /** To be called with any other error line of the client. */
  error(line: string): void {
    const [template, at] = [templateOf(line), this.now()]
    if (at - (this.loggedAtByTemplate.get(template) ?? -Infinity) < REPEAT_AFTER_MS) return
    if (this.loggedAtByTemplate.size >= MAX_TEMPLATES) this.loggedAtByTemplate.clear()
    this.loggedAtByTemplate.set(template, at)
    this.log(line)
  }
}
