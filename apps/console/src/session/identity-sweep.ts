import type { Identity } from '#access'

/** Nothing depends on how soon ended sessions, links and attempts are removed: an hour keeps their tables small. */
const SWEEP_INTERVAL_MS = 3_600_000

/** Removes ended sessions, used links and old log-in attempts: at the start, then every hour. */
export class IdentitySweep {
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly identity: Pick<Identity, 'sweep'>,
    private readonly writeLine: (line: string) => void,
  ) {}

  /** @throws if the first sweep fails; a later failure is reported, and tried again after an hour */
  async start(): Promise<void> {
    await this.identity.sweep()
    this.timer = setInterval(() => void this.identity.sweep().catch(this.reportFailure), SWEEP_INTERVAL_MS)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private readonly reportFailure = (error: unknown): void =>
    this.writeLine(
      `console: ended sessions, links and attempts could not be removed: ${error instanceof Error ? error.name : 'unknown error'}`,
    )
}
