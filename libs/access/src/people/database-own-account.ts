import type { EntityManager } from 'typeorm'
import { storableText, withTenants } from '#event-store'
import { audited } from '../audit/audit'
import type { PersonActor } from './actor'
import { PersonEntity } from './entities/person.entity'
import type { IdentityContext } from './identity-context'
import { worksElsewhere } from './oidc/oidc-providers'
import { endSessions } from './open-sessions'
import type { Origin } from './origin'
import type { ChangePasswordResult, OwnAccount, OwnAccountView } from './own-account'
import { checkOwnPassword } from './own-password'
import { ownPasskeys } from './passkeys/stored-passkeys'
import { passwordFlaws } from './passwords/password-rules'
import {
  beginTotp,
  confirmTotp,
  hasSecondFactor,
  isSecondFactorOn,
  lockFactorsOf,
  recoveryCodesLeft,
  removeSecondFactor,
  replaceRecoveryCodes,
  secondFactorsOf,
} from './second-factor/second-factors'
import { base32, keyUri } from './second-factor/totp'
import { voidLinks } from './one-time-tokens'
import { tenantTransaction } from './tenant-transaction'

export class DatabaseOwnAccount implements OwnAccount {
  constructor(private readonly context: IdentityContext) {}

  async mayChangeProofs({ id: person, org, oidc }: PersonActor): Promise<boolean> {
    return !oidc || !(await worksElsewhere(this.context.database.manager, { person, org }))
  }

  async view({ id, org, oidc }: PersonActor): Promise<OwnAccountView> {
    const { database } = this.context
    const { login, displayName, passwordHash } = await this.person(id)
    const factors = await secondFactorsOf(database.manager, id)
    return {
      ...{ login, displayName, hasPassword: passwordHash !== null },
      ...{ secondFactor: isSecondFactorOn(factors), authenticatorApp: factors.app },
      passkeys: await ownPasskeys(database.manager, id),
      recoveryCodesLeft: await recoveryCodesLeft(database.manager, id),
      // What the provider of one organisation opened cannot change to another.
      organisations: await this.organisationsOf(id, oidc ? org : null),
    }
  }

  /** Those that the person may work for, in the order of joining. */
  private async organisationsOf(person: string, only: number | null): Promise<OwnAccountView['organisations']> {
    const { database } = this.context
    const joined = await database.query<{ org: number }[]>(
      `SELECT org FROM membership WHERE person = $1 AND disabled_at IS NULL AND ($2::int IS NULL OR org = $2)
       ORDER BY granted_at, org`,
      [person, only],
    )
    const ids = joined.map(({ org }) => org)
    return withTenants(ids, () =>
      database.query<{ slug: string; name: string }[]>(
        'SELECT slug, name FROM organisation WHERE id = ANY ($1::int[]) ORDER BY array_position($1::int[], id)',
        [ids],
      ),
    )
  }

  async rename(actor: PersonActor, displayName: string): Promise<void> {
    await this.changing(actor, 'person.renamed', async (manager) => {
      await manager.getRepository(PersonEntity).update({ id: actor.id }, { displayName: storableText(displayName) })
      return true
    })
  }

  async changePassword(
    actor: PersonActor,
    { current, next }: { readonly current: string; readonly next: string },
    origin: Origin,
  ): Promise<ChangePasswordResult> {
    const { database, hashing, now: clock } = this.context
    const person = await this.person(actor.id)
    const flaws = passwordFlaws(next, person)
    if (flaws.length > 0) return { outcome: 'flawed', flaws }
    // The owner of the demonstration has no password and no second factor.
    const isFirst = !actor.oidc && person.passwordHash === null && !(await hasSecondFactor(database.manager, actor.id))
    const checked = isFirst
      ? { outcome: 'right' as const }
      : await checkOwnPassword(this.context, actor, current, origin)
    if (checked.outcome === 'wrong') return { outcome: 'refused' }
    if (checked.outcome !== 'right') return checked
    const passwordHash = await hashing.hash(next)
    await this.changing(actor, 'password.changed', async (manager) => {
      await manager.getRepository(PersonEntity).update({ id: actor.id }, { passwordHash })
      await endSessions(manager, clock(), { person: actor.id, except: actor.session })
      await voidLinks(manager, { purpose: 'reset', person: actor.id }, clock())
      return true
    })
    return { outcome: 'done' }
  }

  async beginTotp({ id: person, org, login }: PersonActor): Promise<{ secret: string; uri: string }> {
    const { database, vault, now: clock } = this.context
    const secret = base32(await database.transaction((manager) => beginTotp(manager, vault, { person, org }, clock())))
    return { secret, uri: keyUri(secret, login) }
  }

  confirmTotp(actor: PersonActor, code: string): Promise<readonly string[] | undefined> {
    const { vault, now: clock } = this.context
    return this.changing(actor, 'second-factor.added', (manager) =>
      confirmTotp(manager, vault, actor.id, code, clock()),
    )
  }

  async removeSecondFactor(actor: PersonActor): Promise<void> {
    await this.changing(actor, 'second-factor.removed', async (manager) =>
      (await removeSecondFactor(manager, actor.id)) ? true : undefined,
    )
  }

  renewRecoveryCodes(actor: PersonActor): Promise<readonly string[] | undefined> {
    return this.changing(actor, 'recovery-codes.renewed', async (manager) => {
      await lockFactorsOf(manager, actor.id)
      return (await hasSecondFactor(manager, actor.id)) ? replaceRecoveryCodes(manager, actor.id) : undefined
    })
  }

  private person(id: string): Promise<PersonEntity> {
    return this.context.database.getRepository(PersonEntity).findOneByOrFail({ id })
  }

  /** Work that answers `undefined` has changed nothing. */
  private changing<T>(actor: PersonActor, action: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const { database, now: clock } = this.context
    return tenantTransaction(database, actor.org, async (manager) => {
      const result = await work(manager)
      if (result !== undefined) await audited(manager, actor, action, `person:${actor.id}`, {}, clock())
      return result
    })
  }
}
