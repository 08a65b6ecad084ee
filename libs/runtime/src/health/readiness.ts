/** Whether a process may be given work, and what it still has in progress. Load balancers ask for it. */
export class Readiness {
  private draining = false
  private inProgress = 0
  private waiters: (() => void)[] = []

  /**
   * @param missing why the process cannot work now, in a sentence; `undefined`: it can
   * @param withinMs a check that takes longer counts as failed
   * @param failing parts that do not work while everything else does, in sentences
   */
  constructor(
    private readonly missing: () => Promise<string | undefined>,
    private readonly withinMs = 2_000,
    private readonly failing: () => Promise<readonly string[]> = () => Promise.resolve([]),
  ) {}

  /** From now on no new work is accepted; what is in progress is finished. */
  drain(): void {
    this.draining = true
  }

  get isDraining(): boolean {
    return this.draining
  }

  /** Begins work that must be finished before the process ends. Returns a function to call when it is. */
  begin(): () => void {
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
  async settled(ms: number): Promise<void> {
    if (this.inProgress === 0) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.waiters.push(resolve)
      timer = setTimeout(resolve, ms)
    }).finally(() => clearTimeout(timer))
  }

  /** Parts that do not work although the process is ready. Never rejects. */
  async failures(): Promise<readonly string[]> {
    return this.failing().catch(() => [])
  }

  /** Why it is not ready; `undefined`: it is. Never rejects. */
  async reason(): Promise<string | undefined> {
    if (this.draining) return STOPPING
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<string>((resolve) => (timer = setTimeout(() => resolve(SILENT), this.withinMs)))
    const missing = await Promise.race([this.missing().catch(() => SILENT), late]).finally(() => clearTimeout(timer))
    return this.draining ? STOPPING : missing
  }
}

const STOPPING = 'It is stopping.'
const SILENT = 'The database does not answer.'
