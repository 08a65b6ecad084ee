import { useSyncExternalStore } from 'react'
import { syncServerClock } from '../time/server-clock'
import { forgetPresence, setPresence } from '../teamwork/presence-store'
import type { LiveCase, LiveClock, LivePresence, LiveTeamwork } from './schema'

/** `lost`: the browser is reconnecting. */
export type LiveState = 'connecting' | 'live' | 'lost'

/** Server-sent events say which case changed, not how. `refresh` is called where events may have been missed. */
export interface LiveListener {
  changed(change: Pick<LiveCase, 'caseId'>): void
  refresh(): void
}

/** Of the page’s one connection. */
let state: LiveState = 'connecting'
const subscribers = new Set<() => void>()

/** The state of the live connection; the component renders again when it changes. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (subscriber) => {
      subscribers.add(subscriber)
      return () => subscribers.delete(subscriber)
    },
    () => state,
  )
}

/** Longer than the browser's own attempts: the server has just refused. */
const RECONNECT_DELAY_MS = 3_000

/**
 * Listens until the returned function is called. The browser resumes by itself with `Last-Event-ID`. When the server refuses (503
 * while it starts) the browser gives up: then we open a new connection and refresh everything.
 */
export function listenLive(listener: LiveListener): () => void {
  let source: EventSource | undefined
  let reconnect: ReturnType<typeof setTimeout> | undefined
  let hasOpened = false

  const connect = (): void => {
    source = new EventSource('/api/live')
    source.onopen = () => {
      setState('live')
      if (hasOpened) listener.refresh()
      hasOpened = true
    }
    source.onerror = () => {
      setState('lost')
      forgetPresence()
      if (source?.readyState === EventSource.CLOSED) reconnect = setTimeout(connect, RECONNECT_DELAY_MS)
    }
    source.addEventListener('case', (event: MessageEvent<string>) => {
      const change = parseJson<LiveCase>(event.data)
      if (change !== undefined) listener.changed(change)
    })
    source.addEventListener('teamwork', (event: MessageEvent<string>) => {
      const caseId = parseJson<LiveTeamwork>(event.data)?.caseId
      if (typeof caseId === 'string') listener.changed({ caseId })
      else listener.refresh()
    })
    source.addEventListener('presence', (event: MessageEvent<string>) => {
      const presence = parseJson<LivePresence>(event.data)
      if (presence !== undefined) setPresence(presence)
    })
    source.addEventListener('clock', (event: MessageEvent<string>) => {
      const now = parseJson<LiveClock>(event.data)?.now
      if (now !== undefined) syncServerClock(now)
    })
  }

  connect()
  return () => {
    clearTimeout(reconnect)
    source?.close()
    forgetPresence()
    setState('connecting')
  }
}

function setState(next: LiveState): void {
  if (next === state) return
  state = next
  for (const notify of subscribers) notify()
}

function parseJson<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}
