import type { AddressInfo } from 'node:net'
import { PERMISSIONS, roleMay, type Permission, type Role } from '#access'
import type { OpenApi } from '../../test/contract'
import { NOON, openStack, waiting, type Stack } from '../../test/stack'

let stack: Stack
let [ourCase, theirCase] = ['', '']
beforeAll(async () => {
  stack = await openStack()
  ourCase = await stack.recordReport(stack.ours.stores[0], 'O1', waiting(NOON, 1))
  theirCase = await stack.recordReport(stack.theirs.store, 'T1', waiting(NOON, 1))
})
afterAll(() => stack.close())

/** Each role at least once, with another in the other organisation. */
const ROLES_HERE_AND_THERE: readonly (readonly [Role, Role])[] = [
  ['owner', 'pre-sale-agent'],
  ['after-sale-agent', 'auditor'],
  ['analyst', 'warehouse'],
  ['finance', 'owner'],
]
/** The one answers without end, the other ends or moves the session. */
const NOT_TRIED = /^\/api\/(?:live|session)/

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
async function send(cookie: string, method: Method, url: string, payload: object = {}) {
  const headers = { host: 'localhost', cookie }
  const answer = await stack.app.inject({ method, url, headers, ...(method === 'GET' ? {} : { payload }) })
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() }
}

/** A person with this role in our organisation, who joins the other one with that role; answers the cookie. */
async function memberOfBoth(login: string, here: Role, there: Role): Promise<string> {
  const { cookie } = await stack.signedIn.headers({ login, role: here })
  const neighbour = await stack.neighbour.headers()
  const invited = await send(neighbour.cookie, 'POST', '/api/people/invitations', { role: there, stores: null, login })
  const token = String(invited.body['path']).split('#')[1]
  expect(await send(cookie, 'POST', '/api/links/join', { token })).toEqual({ status: 200, body: { done: true } })
  return cookie
}
const switchTo = (cookie: string, organisation: string) =>
  send(cookie, 'POST', '/api/session/organisation', { organisation })
const me = async (cookie: string) => (await send(cookie, 'GET', '/api/session')).body['me'] as Record<string, unknown>

describe('a person of two organisations', () => {
  it('has in each the rights of the role there, for an operation of each permission', async () => {
    const { paths } = (await stack.get('/openapi.json')).body as unknown as OpenApi
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        ...{ method: method.toUpperCase() as Method, path },
        needed: (operation as unknown as { 'x-permission': Permission[] })['x-permission'],
      })),
    )
    const urlOf = (path: string): string => path.replace(/\{hash\}/, 'a'.repeat(64)).replace(/\{\w+\}/g, '999999')
    // `roles.int.spec.ts` tries every operation; the permissions are the same for all operations that need them.
    const ofEach = PERMISSIONS.flatMap((permission) => {
      const found = operations.find(({ needed, path }) => needed[0] === permission && !NOT_TRIED.test(path))
      return found === undefined ? [] : [found]
    })
    expect(ofEach.length).toBeGreaterThan(20)
    for (const [here, there] of ROLES_HERE_AND_THERE) {
      const cookie = await memberOfBoth(`${here}-and-${there}`, here, there)
      for (const [slug, role] of [['theirs', there] as const, ['ours', here] as const]) {
        await switchTo(cookie, slug)
        expect(await me(cookie)).toMatchObject({ role, organisation: { slug } })
        const wrong: string[] = []
        for (const { method, path, needed } of ofEach) {
          const { body } = await send(cookie, method, urlOf(path))
          const isAllowed = body['code'] !== 'forbidden'
          if (isAllowed !== needed.some((permission) => roleMay(role, permission)))
            wrong.push(`${slug} ${role} ${method} ${path}: ${String(body['code'])}`)
        }
        expect(wrong).toEqual([])
      }
    }
  })

  it('sees nothing of the one after switching to the other', async () => {
    const cookie = await memberOfBoth('sees-one', 'owner', 'owner')
    const seen = async (): Promise<unknown> => {
      const items = (await send(cookie, 'GET', '/api/queue')).body['items'] as { caseId: string }[]
      const statuses = []
      for (const id of [ourCase, theirCase]) statuses.push((await send(cookie, 'GET', `/api/cases/${id}`)).status)
      return { queue: items.map(({ caseId }) => caseId), statuses }
    }
    expect(await seen()).toEqual({ queue: [theirCase], statuses: [404, 200] })
    await switchTo(cookie, 'ours')
    expect(await seen()).toEqual({ queue: [ourCase], statuses: [200, 404] })
  })

  it('has its live updates of the one ended at once by switching, joining and logging out', async () => {
    await stack.app.listen(0, '127.0.0.1')
    const url = `http://127.0.0.1:${(stack.app.getHttpServer().address() as AddressInfo).port}/api/live`
    /** Whether a connection that is open before a change ends with it. */
    const endsWith = async (cookie: string, change: () => Promise<unknown>): Promise<boolean> => {
      const reader = (await fetch(url, { headers: { cookie } })).body?.getReader()
      // Its first bytes are those of the clock: the connection is open.
      let part = await reader?.read()
      await change()
      while (part?.done === false) part = await reader?.read()
      return part?.done === true
    }
    const cookie = await memberOfBoth('watches', 'owner', 'owner')
    expect(await endsWith(cookie, () => switchTo(cookie, 'ours'))).toBe(true)
    const joining = (await stack.signedIn.headers({ login: 'joins-watching' })).cookie
    expect(await endsWith(joining, () => memberOfBoth('joins-watching', 'owner', 'finance'))).toBe(true)
    expect(await endsWith(joining, () => send(joining, 'DELETE', '/api/session'))).toBe(true)
  })
})

describe('an organisation that a person does not belong to', () => {
  it('is answered like one that does not exist', async () => {
    const { cookie } = await stack.signedIn.headers({ login: 'of-one', role: 'owner' })
    const [foreign, missing] = [await switchTo(cookie, 'theirs'), await switchTo(cookie, 'nowhere')]
    expect(foreign.status).toBe(404)
    expect({ ...foreign.body, instance: '' }).toEqual({ ...missing.body, instance: '' })
    expect(await me(cookie)).toMatchObject({ organisation: { slug: 'ours' } })
  })

  it('is joined with a recent proof only', async () => {
    const { cookie } = await stack.signedIn.headers({ login: 'long-ago', role: 'owner' })
    await stack.database.query(
      `UPDATE session SET reauthenticated_at = 0 FROM person p WHERE p.id = person AND p.login = 'long-ago'`,
    )
    expect(await send(cookie, 'POST', '/api/links/join', { token: 'x' })).toMatchObject({
      status: 403,
      body: { code: 'reauthentication-required' },
    })
  })

  it('says why it is not joined', async () => {
    const neighbour = (await stack.neighbour.headers()).cookie
    const { cookie } = await stack.signedIn.headers({ login: 'another', role: 'owner' })
    const join = (by: string, token?: string) => send(by, 'POST', '/api/links/join', { token })
    const invited = await send(neighbour, 'POST', '/api/people/invitations', {
      ...{ role: 'finance', stores: null, login: 'another-login' },
    })
    const token = String(invited.body['path']).split('#')[1]
    expect(await join(cookie, token)).toMatchObject({ status: 403, body: { code: 'link-of-another-login' } })
    expect(await join(cookie, 'no such link')).toMatchObject({ status: 404, body: { code: 'link-not-usable' } })
    const open = await send(neighbour, 'POST', '/api/people/invitations', { role: 'finance', stores: null })
    const anyone = String(open.body['path']).split('#')[1]
    expect(await join(neighbour, anyone)).toMatchObject({ status: 409, body: { code: 'already-member' } })
  })
})
