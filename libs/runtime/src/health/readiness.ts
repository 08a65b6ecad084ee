/** Whether a process may be given work, and what it still has in hand; what a load balancer asks. */
export class Readiness {
  private draining = false
  private inHand = 0
  private settling: (() => void)[] = []

  /**
   * @param missing what the process lacks now, in a sentence; `undefined`: nothing is missing
   * @param withinMs an answer that takes longer is none
   * @param failing what does not work while all else does, in sentences
   */
  constructor(
    private readonly missing: () => Promise<string | undefined>,
    private readonly withinMs = 2_000,
    private readonly failing: () => Promise<readonly string[]> = () => Promise.resolve([]),
  ) {}

  /** From now on no work is wanted any more: what is under way is finished. */
  drain(): void {
    this.draining = true
  }

  get isDraining(): boolean {
    return this.draining
  }

  /** Something begins that is to be finished before the process ends. Answers how to say, once, that it is. */
  begin(): () => void {
    this.inHand += 1
    let done = false
    return () => {
      if (done) return
      done = true
      this.inHand -= 1
      if (this.inHand === 0) for (const settle of this.settling.splice(0)) settle()
    }
  }

  /** Resolves when nothing is in hand, or after `ms`. */
  async settled(ms: number): Promise<void> {
    if (this.inHand === 0) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.settling.push(resolve)
      timer = setTimeout(resolve, ms)
    }).finally(() => clearTimeout(timer))
  }

  /** What does not work although it is ready. Never rejects. */
  async troubles(): Promise<readonly string[]> {
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
