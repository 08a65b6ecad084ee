import { AsyncLocalStorage } from 'node:async_hooks'
import type { Actor, PersonActor } from '#access'
import { problemOf } from '../problems/problem.filter'

const storage = new AsyncLocalStorage<Actor | undefined>()

/** Runs a request as its caller; what it calls sees the caller by `currentActor`. */
export const runAs = <T>(actor: Actor | undefined, work: () => T): T => storage.run(actor, work)

/** @throws Problem where the request is not of a caller who is known: nothing is shown without one */
export function currentActor(): Actor {
  const actor = storage.getStore()
  if (actor === undefined) throw problemOf('not-signed-in')
  return actor
}

/** @throws Problem where a program calls with an API key */
export function currentPerson(): PersonActor {
  const actor = currentActor()
  if (actor.kind === 'key') throw problemOf('for-people-only')
  return actor
}

/** The name that is recorded with what is done: of a person the login, which never changes. */
export const operatorName = (actor: Actor): string => (actor.kind === 'person' ? actor.login : `key:${actor.id}`)
