/** The time, UTC ms. */
export type Clock = () => number

const FOLLOW_MS = 250

/**
 * The clock of a process: the machine's, or for demonstrations and tests one that is followed over HTTP, because
 * simulated marketplaces run on a clock that can be moved. `url` must answer `{"now": milliseconds}`.
 */
export async function clockOf(url: string | undefined): Promise<{ clock: Clock; stop(): void }> {
  if (url === undefined) return { clock: Date.now, stop: () => undefined }
  let ahead = 0
  const poll = async (): Promise<void> => {
    const answer = (await (await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(2_000) })).json()) as {
      now?: unknown
    }
    if (typeof answer.now !== 'number') throw new Error(`${url} does not answer {"now": milliseconds}`)
    ahead = answer.now - Date.now()
  }
  await poll()
  const timer = setInterval(() => void poll().catch(() => undefined), FOLLOW_MS)
  return { clock: () => Date.now() + ahead, stop: () => clearInterval(timer) }
}
