import { useSyncExternalStore } from 'react'
import type { LivePresence } from '../api/schema'

type People = LivePresence['people']

const NO_PEOPLE: People = []
/** By case. The live updates say all of it after each connection. */
const present = new Map<string, People>()
const subscribers = new Set<() => void>()

export function setPresence({ caseId, people }: LivePresence): void {
  if (people.length === 0) present.delete(caseId)
  else present.set(caseId, people)
  notify()
}

/** Without a connection it is not known who is where: no one is shown who may have left. */
export function forgetPresence(): void {
  if (present.size === 0) return
  present.clear()
  notify()
}

/** Who has the case open now, the reader included. */
export const usePresent = (caseId: string): People =>
  useSyncExternalStore(subscribe, () => present.get(caseId) ?? NO_PEOPLE)

function subscribe(subscriber: () => void): () => void {
  subscribers.add(subscriber)
  return () => subscribers.delete(subscriber)
}

function notify(): void {
  for (const subscriber of subscribers) subscriber()
}
