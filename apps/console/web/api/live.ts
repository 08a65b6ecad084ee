import { useSyncExternalStore } from 'react'
import { heardServerTime } from '../time/server-clock'
import type { LiveCase } from './shapes'

/** `lost`: the browser is trying again. */
export type LiveState = 'connecting' | 'live' | 'lost'

/** Server-sent events: what changed, not the change itself. `refresh` is called where events may have been missed. */
export interface LiveEars {
  changed(one: LiveCase): void
  refresh(): void
}

let state: LiveState = 'connecting'
const watchers = new Set<() => void>()

export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => state,
  )
}

const AGAIN_AFTER = 3_000

/**
 * Listens until the returned function is called. The browser resumes by itself with `Last-Event-ID`; where the server refused
 * (it answers 503 while it starts) the browser gives up, so that we begin anew and ask for everything again.
 */
export function listen(ears: LiveEars): () => void {
  let source: EventSource | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let opened = false

  const open = (): void => {
    source = new EventSource('/api/live')
    source.onopen = () => {
      become('live')
      if (opened) ears.refresh()
      opened = true
    }
    source.onerror = () => {
      become('lost')
      if (source?.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_AFTER)
    }
    source.addEventListener('case', (event: MessageEvent<string>) => {
      const one = parsed<LiveCase>(event.data)
      if (one !== undefined) ears.changed(one)
    })
    source.addEventListener('clock', (event: MessageEvent<string>) => {
      const now = parsed<{ now: string }>(event.data)?.now
      if (now !== undefined) heardServerTime(now)
    })
  }

  open()
  return () => {
    clearTimeout(again)
    source?.close()
    become('connecting')
  }
}

function become(next: LiveState): void {
  if (next === state) return
  state = next
  for (const watcher of watchers) watcher()
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}
