/** Whether a process may be given work; what a load balancer asks. */
export class Readiness {
  private draining = false

  /**
   * @param missing what the process cannot work without just now, in a sentence; `undefined`: nothing is missing
   * @param withinMs an answer that takes longer is none
   */
  constructor(
    private readonly missing: () => Promise<string | undefined>,
    private readonly withinMs = 2_000,
  ) {}

  /** From now on no work is wanted any more: what is under way is finished. */
  drain(): void {
    this.draining = true
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
