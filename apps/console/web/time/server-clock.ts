import { useSyncExternalStore } from 'react'

/**
 * The server's time, ticking. One timer for the whole page, so that a thousand countdowns move together and cost one
 * wake-up a second; it rests while nobody looks.
 */
let ahead = 0
let second = secondNow()
let timer: ReturnType<typeof setTimeout> | undefined
const watchers = new Set<() => void>()

/** @param now the server's clock, ISO 8601 */
export function heardServerTime(now: string): void {
  const told = Date.parse(now)
  if (!Number.isFinite(told)) return
  const next = told - Date.now()
  // Jitter of the network must not make the seconds stutter; a clock that was really moved must be followed.
  if (Math.abs(next - ahead) > 400) {
    ahead = next
    beat()
  }
}

/** Server time, epoch milliseconds. */
export function serverNow(): number {
  return Date.now() + ahead
}

/** Server time in whole seconds, as epoch milliseconds; the caller is drawn anew each second. */
export function useServerSecond(): number {
  return useSyncExternalStore(watch, () => second)
}

function secondNow(): number {
  return Math.floor((Date.now() + ahead) / 1000) * 1000
}

function beat(): void {
  const next = secondNow()
  if (next === second) return
  second = next
  for (const watcher of watchers) watcher()
}

function wind(): void {
  timer = setTimeout(
    () => {
      beat()
      wind()
    },
    1000 - ((Date.now() + ahead) % 1000) + 5,
  )
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  if (timer === undefined) {
    beat()
    wind()
  }
  return () => {
    watchers.delete(watcher)
    if (watchers.size === 0 && timer !== undefined) {
      clearTimeout(timer)
      timer = undefined
    }
  }
}
