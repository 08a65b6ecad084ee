import type { DataSource } from 'typeorm'
import { appendAudit, findOrganisation } from '#access'
import type { NewLogin } from '#analytics'
import { ViewsNotCreated, dropLogin, listLogins, makeLogin, revokeLogin } from '#analytics'
import { CommandError } from '#runtime'

const DAY_MS = 86_400_000
const ACTOR = 'process:analytics'

/** The login, and its entry in the audit of the organisation. @throws CommandError */
export async function addLogin(
  database: DataSource,
  { prefix, slug, days, now }: { prefix: string; slug: string; days: number; now: number },
): Promise<NewLogin> {
  const organisation = await findOrganisation(database, slug)
  if (organisation === undefined) throw new CommandError(`No organisation is called ${slug}.`)
  try {
    return await database.transaction(async (manager) => {
      const made = await makeLogin(manager, { prefix, org: organisation.id, validUntil: new Date(now + days * DAY_MS) })
      const subject = `database-login:${made.login}`
      const details = { validUntil: made.validUntil.toISOString() }
      const entry = { org: organisation.id, actor: ACTOR, action: 'database-login.made', subject, details }
      await appendAudit(manager, entry, now)
      return made
    })
  } catch (error) {
    if (error instanceof ViewsNotCreated) throw new CommandError(error.message)
    if ((error as { code?: unknown }).code !== '42501') throw error
    throw new CommandError('The user of DATABASE_URL may not create roles: run this as one who may.')
  }
}

/** @returns why its role is still there, without rights; `undefined`: it is gone. @throws CommandError */
export async function removeLogin(database: DataSource, login: string, now: number): Promise<string | undefined> {
  await database.transaction(async (manager) => {
    const org = await revokeLogin(manager, login)
    if (org === undefined) throw new CommandError(`No login is called ${login}: npm run analytics -- logins`)
    const subject = `database-login:${login}`
    await appendAudit(manager, { org, actor: ACTOR, action: 'database-login.revoked', subject, details: {} }, now)
  })
  return dropLogin(database, login)
}

/** A line a login: its name, the organisation, and until when it is valid. */
export async function loginLines(database: DataSource, now: number): Promise<readonly string[]> {
  const slugs = await database.query<{ id: number; slug: string }[]>('SELECT id, slug FROM organisation')
  const slugOf = new Map(slugs.map(({ id, slug }) => [id, slug]))
  return (await listLogins(database)).map(({ login, org, validUntil }) => {
    const expired = validUntil.getTime() <= now ? 'expired' : 'valid until'
    return `${login}  ${slugOf.get(org) ?? String(org)}  ${expired} ${validUntil.toISOString()}`
  })
}
