/** Whether a process may be given work, and what it still has in progress. Load balancers ask for it. */
export class Readiness {
  private draining = false
  private inProgress = 0
  private waiters: (() => void)[] = []

  /**
   * @param findLack why the process cannot work now, in a sentence; `undefined`: it can
   * @param timeoutMs a check that takes longer counts as failed
   * @param listFailures parts that do not work while everything else does, in sentences
   */
  constructor(
    private readonly findLack: () => Promise<string | undefined>,
    private readonly timeoutMs = 2_000,
    private readonly listFailures: () => Promise<readonly string[]> = () => Promise.resolve([]),
  ) {}

  /** From now on no new work is accepted; what is in progress is finished. */
  drain(): void {
    this.draining = true
  }

  get isDraining(): boolean {
    return this.draining
  }

  /** Begins work that must be finished before the process ends. Returns a function to call when it is. */
  beginWork(): () => void {
    this.inProgress += 1
    let done = false
    return () => {
      if (done) return
      done = true
      this.inProgress -= 1
      if (this.inProgress === 0) for (const settle of this.waiters.splice(0)) settle()
    }
  }

  /** Resolves when nothing is in progress, or after `ms`. */
  async waitUntilIdle(ms: number): Promise<void> {
    if (this.inProgress === 0) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.waiters.push(resolve)
      timer = setTimeout(resolve, ms)
    }).finally(() => clearTimeout(timer))
  }

  /** Parts that do not work although the process is ready. Never rejects. */
  async failures(): Promise<readonly string[]> {
    return this.listFailures().catch(() => [])
  }

  /** Why it is not ready; `undefined`: it is. Never rejects. */
  async notReadyReason(): Promise<string | undefined> {
    if (this.draining) return STOPPING
    let timer: NodeJS.Timeout | undefined
    const timeout = new Promise<string>((resolve) => (timer = setTimeout(() => resolve(NO_ANSWER), this.timeoutMs)))
    const findLack = await Promise.race([this.findLack().catch(() => NO_ANSWER), timeout]).finally(() =>
      clearTimeout(timer),
    )
    return this.draining ? STOPPING : findLack
  }
}

const STOPPING = 'It is stopping.'
const NO_ANSWER = 'The database does not answer.'
