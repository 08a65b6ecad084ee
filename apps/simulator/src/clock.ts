import { Heap } from './collections/heap'

interface DueTask<T> {
  readonly at: number
  /** Tasks of one instant run in the order in which they were scheduled. */
  readonly turn: number
  readonly task: T
}

/** Offset (ms) and pending tasks, in the state file. */
export interface ClockSnapshot<T> {
  readonly offset: number
  readonly tasks: readonly { readonly at: number; readonly task: T }[]
}

/** How a clock starts and what runs its tasks. */
export interface ClockOptions<T> {
  readonly run: (task: T) => void
  /** Simulated time at the start, epoch ms; the real time if left out. */
  readonly startAt?: number
  /** A standing clock moves only by `advance`. */
  readonly standing?: boolean
}

/** Node's longest timer; a later task simply wakes the clock once more in between. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * The simulator's time: real time plus an offset that only grows. Whatever falls due is run in order, each task *at its own instant*, so
 * that a jump of two days leaves every default refund with the time at which the platform would have made it.
 * Time never runs back: what was answered for an earlier instant stays complete.
 */
export class SimulatedClock<T> {
  private readonly agenda = new Heap<DueTask<T>>((a, b) => a.at < b.at || (a.at === b.at && a.turn < b.turn))
  private readonly run: (task: T) => void
  private readonly standingAt: number | undefined
  private offsetMs: number
  private latest = 0
  private turn = 0
  private instant: number | undefined
  private timer: NodeJS.Timeout | undefined
  private timerAt = Infinity
  private stopped = false

  constructor(options: ClockOptions<T>) {
    this.run = options.run
    const real = Date.now()
    this.standingAt = options.standing ? real : undefined
    this.offsetMs = (options.startAt ?? real) - real
  }

  /** How far simulated time is ahead of real time, ms. */
  get offset(): number {
    return this.offsetMs
  }

  get pending(): number {
    return this.agenda.size
  }

  now(): number {
    if (this.instant !== undefined) return this.instant
    this.latest = Math.max(this.latest, (this.standingAt ?? Date.now()) + this.offsetMs)
    return this.latest
  }

  schedule(at: number, task: T): void {
    this.agenda.push({ at, turn: this.turn++, task })
    if (this.instant === undefined) this.wake()
  }

  /** Runs what is due by now; every entry from outside calls this first, so that no later change carries an earlier instant. */
  settle(): number {
    if (this.instant !== undefined) return 0
    const until = this.now()
    let count = 0
    try {
      for (let next = this.agenda.peek(); next !== undefined && next.at <= until; next = this.agenda.peek()) {
        this.agenda.pop()
        this.instant = Math.max(next.at, this.instant ?? 0)
        this.run(next.task)
        count++
      }
    } finally {
      this.instant = undefined
    }
    this.wake()
    return count
  }

  /** Moves time forward and runs all that falls due on the way; answers how many tasks ran. */
  advance(ms: number): number {
    if (!Number.isFinite(ms) || ms < 0) throw new RangeError('time only moves forward')
    const before = this.settle()
    this.offsetMs += Math.floor(ms)
    return before + this.settle()
  }

  snapshot(): ClockSnapshot<T> {
    return { offset: this.offsetMs, tasks: [...this.agenda.all()].sort((a, b) => a.at - b.at || a.turn - b.turn) }
  }

  restore(snapshot: ClockSnapshot<T>): void {
    this.offsetMs = Math.max(this.offsetMs, snapshot.offset)
    for (const { at, task } of snapshot.tasks) this.schedule(at, task)
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
  }

  private wake(): void {
    const next = this.agenda.peek()
    if (this.stopped || this.standingAt !== undefined || next === undefined || next.at === this.timerAt) return
    clearTimeout(this.timer)
    this.timerAt = next.at
    const wait = Math.min(Math.max(next.at - this.now(), 0), LONGEST_TIMER_MS)
    this.timer = setTimeout(() => {
      this.timerAt = Infinity
      this.settle()
    }, wait)
    this.timer.unref()
  }
}
