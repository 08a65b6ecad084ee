import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import type { OneTimeLinkEntity } from './entities/one-time-link.entity'
import { MembershipEntity, PersonEntity } from './entities/person.entity'
import type { IdentityContext } from './identity-context'
import { rightsOfLink } from './join-organisation'
import type { LinkAnswers, LinkFlaw, OpenLinkResult } from './links'
import { isUsableLogin, normalisedLogin } from './login-name'

const MAX_NAME_LENGTH = 60

export interface PersonNames {
  readonly login: string
  readonly displayName: string
}

export type NewPerson = PersonNames & { readonly passwordHash: string | null }

/** The link or the login was used concurrently: the transaction is rolled back. */
export class NotOpened extends Error {
  constructor(readonly result: OpenLinkResult) {
    super()
  }
}

/** As they are stored: the login of the link, or else the one that was typed. */
export const namesOf = ({ login }: Pick<OneTimeLinkEntity, 'login'>, answers: LinkAnswers): PersonNames => ({
  login: normalisedLogin(login ?? answers.login ?? ''),
  displayName: (answers.displayName ?? '').toWellFormed().replaceAll('\0', '').trim(),
})

/** What the page has to ask for again; `login-taken` is found out when the person is inserted. */
export const enrolmentFlaws = ({ login, displayName }: PersonNames): LinkFlaw[] => [
  ...(login === '' ? (['login-missing'] as const) : isUsableLogin(login) ? [] : (['login-unusable'] as const)),
  ...(displayName === '' || displayName.length > MAX_NAME_LENGTH ? (['name-missing'] as const) : []),
]

/** Makes people of those who open a link for a new person. */
export class InvitedPeople {
  constructor(private readonly context: Pick<IdentityContext, 'now'>) {}

  /** The new person's id. @throws NotOpened where the login is taken */
  async enrol(
    manager: EntityManager,
    { org, purpose, role, stores, madeBy }: Pick<OneTimeLinkEntity, 'org' | 'purpose' | 'role' | 'stores' | 'madeBy'>,
    person: NewPerson,
  ): Promise<string> {
    const id = randomUUID()
    const at = this.context.now()
    if (!(await insertPerson(manager, { id, ...person }, at)))
      throw new NotOpened({ outcome: 'flawed', flaws: ['login-taken'] })
    const rights = rightsOfLink({ purpose, role, stores })
    await manager
      .getRepository(MembershipEntity)
      .insert({ org, person: id, ...rights, grantedBy: madeBy, grantedAt: at, disabledAt: null })
    return id
  }
}

/** `false`: the login is taken. */
export async function insertPerson(
  manager: EntityManager,
  { id, login, displayName, passwordHash }: NewPerson & { readonly id: string },
  createdAt: number,
): Promise<boolean> {
  const { raw } = await manager
    .createQueryBuilder()
    .insert()
    .into(PersonEntity)
    .values({ id, login, displayName, passwordHash, createdAt })
    .orIgnore()
    .returning('id')
    .execute()
  return (raw as unknown[]).length === 1
}
