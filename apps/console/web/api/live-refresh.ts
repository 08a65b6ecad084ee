import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { markChanged } from '../queue/changed-rows'
import { listenLive } from './live'

/** At most one refetch of the visible queries in this time, however fast cases change; ms. */
const MIN_INTERVAL_MS = 1_500
/** Changes that arrive within this time are fetched together; ms. */
const COLLECT_WINDOW_MS = 150

/**
 * Live events name cases; this refetches what is on the screen. Queries that no component shows are only marked stale. While the
 * page is hidden nothing is fetched; one refetch follows when it becomes visible again.
 */
export function useLiveRefresh(): void {
  const client = useQueryClient()
  useEffect(() => {
    const refetcher = new ThrottledRefetch(client)
    const stopListening = listenLive({
      changed: ({ caseId }) => {
        markChanged(caseId)
        refetcher.add(caseId)
      },
      refresh: () => void client.invalidateQueries(),
    })
    const onVisibility = (): void => refetcher.resume()
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      document.removeEventListener('visibilitychange', onVisibility)
      refetcher.stop()
      stopListening()
    }
  }, [client])
}

/** Collects changed cases and refetches the queries that show them, at most once in `MIN_INTERVAL_MS`. */
class ThrottledRefetch {
  private readonly cases = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastRefetchAt = 0
  private isRefetching = false

  constructor(private readonly client: QueryClient) {}

  add(caseId: string): void {
    this.cases.add(caseId)
    this.schedule()
  }

  resume(): void {
    if (this.cases.size > 0) this.schedule()
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private schedule(): void {
    if (document.hidden || this.isRefetching || this.timer !== undefined) return
    this.timer = setTimeout(
      () => void this.refetch(),
      Math.max(COLLECT_WINDOW_MS, this.lastRefetchAt + MIN_INTERVAL_MS - Date.now()),
    )
  }

  /** Waits for all answers: what changes meanwhile is fetched next, and no answer is thrown away. */
  private async refetch(): Promise<void> {
    this.timer = undefined
    this.isRefetching = true
    const ids = [...this.cases]
    this.cases.clear()
    const keys = [['queue'], ['counts'], ['search'], ...ids.map((id) => ['case', id])]
    await Promise.all(keys.map((queryKey) => this.client.invalidateQueries({ queryKey })))
    this.isRefetching = false
    this.lastRefetchAt = Date.now()
    if (this.cases.size > 0) this.schedule()
  }
}
