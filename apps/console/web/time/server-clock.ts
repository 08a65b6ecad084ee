import { useSyncExternalStore } from 'react'

/**
 * The server's time, ticking. One timer for the whole page, so that a thousand countdowns move together and cost one wake-up a
 * second; it stops while no component is subscribed.
 */
let offsetMs = 0
let shownSecond = currentSecond()
let timer: ReturnType<typeof setTimeout> | undefined
const subscribers = new Set<() => void>()

/** Smaller differences come from the network; following them would make the seconds stutter. */
const JITTER_MS = 400

/** @param now the server's clock, ISO 8601 */
export function syncServerClock(now: string): void {
  const serverTime = Date.parse(now)
  if (!Number.isFinite(serverTime)) return
  const next = serverTime - Date.now()
  if (Math.abs(next - offsetMs) > JITTER_MS) {
    offsetMs = next
    tick()
  }
}

/** Server time, epoch milliseconds. */
export function serverNow(): number {
  return Date.now() + offsetMs
}

/** Server time in whole seconds, as epoch milliseconds; the component renders again each second. */
export function useServerSecond(): number {
  return useSyncExternalStore(subscribe, () => shownSecond)
}

function currentSecond(): number {
  return Math.floor((Date.now() + offsetMs) / 1000) * 1000
}

function tick(): void {
  const next = currentSecond()
  if (next === shownSecond) return
  shownSecond = next
  for (const notify of subscribers) notify()
}

function scheduleTick(): void {
  timer = setTimeout(
    () => {
      tick()
      scheduleTick()
    },
    // 5 ms after the full second, since timers may fire slightly early.
    1000 - ((Date.now() + offsetMs) % 1000) + 5,
  )
}

function subscribe(subscriber: () => void): () => void {
  subscribers.add(subscriber)
  if (timer === undefined) {
    tick()
    scheduleTick()
  }
  return () => {
    subscribers.delete(subscriber)
    if (subscribers.size === 0 && timer !== undefined) {
      clearTimeout(timer)
      timer = undefined
    }
  }
}
