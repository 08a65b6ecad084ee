export interface Stopping {
  /** What ends the process in order; called once. */
  readonly stop: () => Promise<unknown>
  readonly say: (line: string) => void
  /** Who has not stopped by then is ended: whatever was under way is safe, others only wait for a lease. */
  readonly withinMs?: number
}

/**
 * SIGINT and SIGTERM stop the process in order, with exit code 0; 1 where it failed or took longer than 9 s, so that who
 * runs it (and kills after ten) knows.
 */
export function onShutdownSignal({ stop, say, withinMs = 9_000 }: Stopping): void {
  let stopping = false
  const shutDown = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => {
      say(`not stopped within ${withinMs} ms: ended`)
      process.exit(1)
    }, withinMs).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        say(`not stopped in order: ${error instanceof Error ? error.constructor.name : 'unknown error'}`)
        process.exit(1)
      },
    )
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, shutDown)
}
