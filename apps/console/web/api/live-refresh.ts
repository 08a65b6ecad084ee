import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { heardOf } from '../queue/changed-rows'
import { listen } from './live'

/** Never more than one round of questions in this time, however fast cases change. */
const ROUND = 1_500

/**
 * Live events name cases; this asks again for what is on the screen. Questions that no component shows are only marked old. While
 * the page is hidden nothing is asked; one round follows when it is looked at again.
 */
export function useLiveRefresh(): void {
  const client = useQueryClient()
  useEffect(() => {
    const rounds = new Rounds(client)
    const stop = listen({
      changed: (one) => {
        heardOf(one.caseId)
        rounds.ask(one.caseId)
      },
      refresh: () => void client.invalidateQueries(),
    })
    const looked = (): void => rounds.looked()
    document.addEventListener('visibilitychange', looked)
    return () => {
      document.removeEventListener('visibilitychange', looked)
      rounds.stop()
      stop()
    }
  }, [client])
}

class Rounds {
  private readonly cases = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private last = 0
  private busy = false

  constructor(private readonly client: QueryClient) {}

  ask(caseId: string): void {
    this.cases.add(caseId)
    this.plan()
  }

  looked(): void {
    if (this.cases.size > 0) this.plan()
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private plan(): void {
    if (document.hidden || this.busy || this.timer !== undefined) return
    this.timer = setTimeout(() => void this.go(), Math.max(150, this.last + ROUND - Date.now()))
  }

  /** A round ends when all answers are there: what changes meanwhile waits for the next, and no answer is thrown away. */
  private async go(): Promise<void> {
    this.timer = undefined
    this.busy = true
    const ids = [...this.cases]
    this.cases.clear()
    const keys = [['queue'], ['counts'], ['search'], ...ids.map((id) => ['case', id])]
    await Promise.all(keys.map((queryKey) => this.client.invalidateQueries({ queryKey })))
    this.busy = false
    this.last = Date.now()
    if (this.cases.size > 0) this.plan()
  }
}
