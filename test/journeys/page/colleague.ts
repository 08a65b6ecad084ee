import type { Page } from 'playwright-core'
import type { Identity } from '#access'
import { PASSWORD } from '../../../apps/console/test/signed-in'

const SESSION_COOKIE = '__Host-shouhou'

/** The cookie of an after-sale agent whom the owner, logged in at the page, invites. */
export async function inviteColleague(identity: Identity, owner: Page, login: string): Promise<string> {
  const cookies = await owner.context().cookies()
  const token = cookies.find(({ name }) => name === SESSION_COOKIE)?.value ?? ''
  const actor = await identity.sessions.find(token)
  if (actor === undefined) throw new Error('the owner is not logged in')
  const invited = await identity.members.invite(actor, { role: 'after-sale-agent', stores: 'all', login })
  if (invited.outcome === 'refused') throw new Error(`${login} cannot be invited: ${invited.reason}`)
  const answers = { login, displayName: `The person ${login}`, password: PASSWORD }
  const result = await identity.links.open(invited.token, answers, { address: '127.0.0.1', userAgent: 'journey' })
  if (result.outcome !== 'signed-in') throw new Error(`${login} cannot log in`)
  return result.session.token
}

export const sessionCookie = (url: string, value: string) => ({
  ...{ name: SESSION_COOKIE, value, domain: new URL(url).hostname, path: '/', expires: -1 },
  ...{ httpOnly: true, secure: true, sameSite: 'Strict' as const },
})
