/** The time, UTC ms. */
export type Clock = () => number

/** A moved clock is noticed within this time. */
const POLL_INTERVAL_MS = 250

/**
 * The clock of a process: the machine's, or for demonstrations and tests one that is followed over HTTP, because
 * simulated marketplaces run on a clock that can be moved. `url` must answer `{"now": milliseconds}`.
 */
export async function openClock(url: string | undefined): Promise<{ clock: Clock; stop(): void }> {
  if (url === undefined) return { clock: Date.now, stop: () => undefined }
  let offsetMs = 0
  const poll = async (): Promise<void> => {
    const answer = (await (await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(2_000) })).json()) as {
      now?: unknown
    }
    if (typeof answer.now !== 'number') throw new Error(`${url} does not answer {"now": milliseconds}`)
    offsetMs = answer.now - Date.now()
  }
  await poll()
  const timer = setInterval(() => void poll().catch(() => undefined), POLL_INTERVAL_MS)
  return { clock: () => Date.now() + offsetMs, stop: () => clearInterval(timer) }
}
