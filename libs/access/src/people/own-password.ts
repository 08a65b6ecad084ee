import { PersonEntity } from './entities/person.entity'
import type { PersonActor } from './actor'
import type { IdentityContext } from './identity-context'
import type { Origin } from './origin'
import { accountScope, addressScope } from './throttle'
import { actorTransaction, auditNow } from './tenant-transaction'

export type PasswordCheck =
  | { readonly outcome: 'right' }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'busy' }
  /** Nothing was checked. UTC ms. */
  | { readonly outcome: 'throttled'; readonly until: number }

/** Checks the password of a person who is signed in. Failures count like those of signing in, and are audited. */
export async function checkOwnPassword(
  context: IdentityContext,
  actor: PersonActor,
  password: string,
  origin: Origin,
): Promise<PasswordCheck> {
  const result = await context.hashing.admit(() => checked(context, actor, password, origin))
  return result === 'busy' ? { outcome: 'busy' } : result
}

async function checked(
  context: IdentityContext,
  actor: PersonActor,
  password: string,
  origin: Origin,
): Promise<PasswordCheck> {
  const { database, hashing, throttle, now: clock } = context
  const { passwordHash } = await database.getRepository(PersonEntity).findOneByOrFail({ id: actor.id })
  const account = accountScope(actor.login)
  const address = addressScope(origin.address)
  const until = (await throttle.charge(address, clock())) ?? (await throttle.charge(account, clock()))
  if (until !== undefined) return { outcome: 'throttled', until }
  const right = await hashing.verify(passwordHash, password)
  return actorTransaction(context, actor, async (manager): Promise<PasswordCheck> => {
    if (!right) {
      const subject = `session:${actor.session}`
      await auditNow(context, manager, actor, 'session.reauthentication-refused', subject, { by: 'password' })
      return { outcome: 'wrong' }
    }
    await throttle.clear(manager, account)
    await throttle.takeBack(manager, address)
    return { outcome: 'right' }
  })
}
