import type { PersonActor } from '#access'
import type { IdentityService } from '../core/identity'
import { problemOf } from '../problems/problem.filter'

/**
 * One organisation's provider changes nothing that another one's log-in depends on.
 * @throws Problem
 */
export async function requireOwnProofs({ ownAccount }: IdentityService, person: PersonActor): Promise<void> {
  if (!(await ownAccount.mayChangeProofs(person))) throw problemOf('works-elsewhere')
}
