export interface ShutdownOptions {
  /** Shuts the process down in order; called once. */
  readonly stop: () => Promise<unknown>
  readonly log: (line: string) => void
  /**
   * A process that has not stopped within this time exits. No committed work is lost; other processes have to wait until its
   * leases expire.
   */
  readonly timeoutMs?: number
}

/**
 * Shuts the process down in order at SIGINT or SIGTERM, with exit code 0; 1 where that failed or took longer than 9 s, since
 * supervisors such as Docker kill after 10 s.
 */
export function onShutdownSignal({ stop, log, timeoutMs = 9_000 }: ShutdownOptions): void {
  let stopping = false
  const shutDown = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      log(`not stopped within ${timeoutMs} ms: ended`)
      process.exit(1)
    }, timeoutMs).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log(`not stopped in order: ${error instanceof Error ? error.constructor.name : 'unknown error'}`)
        process.exit(1)
      },
    )
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, shutDown)
}
