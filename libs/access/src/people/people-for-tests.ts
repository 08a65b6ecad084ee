/** An organisation with its people, for the specs of this folder: created through links, as in production. */
import type { DataSource } from 'typeorm'
import { register } from '../registration'
import { openVault } from '../vault'
import type { PersonActor, StoreRights } from './actor'
import type { Identity } from './identity'
import { openIdentity } from './identity'
import type { Origin } from './origin'
import type { Role } from './roles'
import type { OpenedSession } from './sessions'

export const PASSWORD = 'the kettle sings at seven'
export const ORIGIN: Origin = { address: '192.0.2.1', userAgent: 'a browser' }
/** 2026-11-11, noon. */
export const NOON = 1_794_369_600_000
export const vault = openVault(Buffer.alloc(32, 7))

export interface TestPeople {
  readonly identity: Identity
  /** Real time, which stands still until a test moves it. */
  readonly clock: { now: number }
  /** Another process on the same database, by the same clock. */
  another(): Identity
  /** The organisation's id; `stores` of them. */
  organisation(slug: string, stores?: number): Promise<{ readonly org: number; readonly stores: readonly number[] }>
  owner(slug?: string): Promise<OpenedSession>
  join(owner: PersonActor, login: string, role: Role, stores?: StoreRights): Promise<OpenedSession>
}

/** @param database the owner's, which registers @param console the console's role, as in a deployment */
export function testPeople(database: DataSource, console: DataSource): TestPeople {
  const clock = { now: NOON }
  const another = (): Identity => openIdentity({ database: console, vault, now: () => clock.now })
  const identity = another()
  const opened = async (token: string, login: string): Promise<OpenedSession> => {
    const result = await identity.links.open(token, { login, displayName: `${login} Z`, password: PASSWORD }, ORIGIN)
    if (result.outcome !== 'signed-in') throw new Error(JSON.stringify(result))
    return result.session
  }
  return {
    identity,
    clock,
    another,
    async organisation(slug, count = 2) {
      const stores = Array.from({ length: count }, (_, n) => ({
        ...{ shop: String(n), name: `store ${n}`, accessToken: '', refreshToken: '' },
      }))
      const app = { marketplace: 'anywhere', appKey: `app-${slug}`, appSecret: '', endpoints: {}, stores }
      const org = await register(database, vault, { slug, name: slug.toUpperCase() }, [app])
      const rows = await database.query<{ id: number }[]>('SELECT id FROM store WHERE org = $1 ORDER BY id', [org])
      return { org, stores: rows.map(({ id }) => id) }
    },
    async owner(slug = 'one') {
      const link = (await identity.links.claimLinks()).find(({ organisation }) => organisation === slug)
      if (link === undefined) throw new Error('there is an owner')
      return opened(link.token, `owner-of-${slug}`)
    },
    async join(owner, login, role, stores = 'all') {
      const link = await identity.members.invite(owner, { role, stores })
      if (link.outcome !== 'made') throw new Error(link.reason)
      return opened(link.token, login)
    },
  }
}

/** What an authenticator app reads from the QR code. */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
