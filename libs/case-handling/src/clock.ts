import type { Clock } from './ports'

const FOLLOW_MS = 250

/**
 * The clock of a process: the machine's, or for demonstrations and tests one that is followed over HTTP, because
 * simulated marketplaces live in a time that can be moved. `url` answers `{"now": milliseconds}`.
 */
export async function clockOf(url: string | undefined): Promise<{ clock: Clock; stop(): void }> {
  if (url === undefined) return { clock: Date.now, stop: () => undefined }
  let ahead = 0
  const look = async (): Promise<void> => {
    const answer = (await (await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(2_000) })).json()) as {
      now?: unknown
    }
    if (typeof answer.now !== 'number') throw new Error(`${url} does not answer {"now": milliseconds}`)
    ahead = answer.now - Date.now()
  }
  await look()
  const timer = setInterval(() => void look().catch(() => undefined), FOLLOW_MS)
  return { clock: () => Date.now() + ahead, stop: () => clearInterval(timer) }
}
