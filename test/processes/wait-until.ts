/** Timeouts are stated for an idle machine and multiplied by this; only a failing test waits that long. */
const BUSY_MACHINE_FACTOR = 4
const POLL_MS = 20

/** Polls until the condition holds. @throws Error that says `what` was waited for, after the timeout */
export async function waitUntil(what: string, condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = performance.now() + ms * BUSY_MACHINE_FACTOR
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${ms * BUSY_MACHINE_FACTOR} ms without success: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}
