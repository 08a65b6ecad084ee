/** "Anywhere", a marketplace that exists only in tests: its connector answers what the test gives it. With one registered store. */
import { createHash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { Directory, openVault, register, messageSealingOf } from '#access'
import type { Facets, Status } from '#after-sale'
import type { Journal, LineUp, Sealing, StoreRecord } from '#case-handling'
import type { CapabilityManifest, Connector, InboundMessage, Outbound, CallContext, Translation } from '#connectors'

/** The payload of one message of Anywhere. Times are UTC ms. */
export interface TestMessage {
  readonly case?: string
  readonly shop?: string
  readonly order?: string
  readonly revision?: number
  readonly status?: Status
  readonly reason?: string
  readonly fen?: number
  readonly buyer?: { readonly name?: string; readonly phone?: string }
  /** How it is translated; default: as an observation. Announcements and partial messages cause a reading of the case. */
  readonly as?: 'announcement' | 'irrelevant' | 'unintelligible' | 'partial' | 'partial-final' | 'unintelligible-named'
}

export const SHOP = '10437917'
export const NOON = Date.parse('2026-11-11T04:00:00Z')
export const MINUTE = 60_000

/** A message as the connector hands it to the inbox. */
export const inboundMessage = (
  message: TestMessage,
  key = JSON.stringify(message),
  channel: InboundMessage['channel'] = 'push',
): InboundMessage => ({
  channel,
  key,
  shop: message.shop ?? SHOP,
  raw: JSON.stringify(message),
})

function translate(raw: string, receivedAt: number): Translation {
  const message = JSON.parse(raw) as TestMessage
  const { shop = SHOP, order, revision = NOON, status, reason, fen, buyer } = message
  const reference = { caseNumber: message.case ?? '?', ...(order === undefined ? {} : { orderNumber: order }) }
  if (message.as === 'irrelevant') return { type: 'irrelevant', why: 'test message' }
  if (message.as === 'unintelligible') return { type: 'unintelligible', why: 'test message' }
  if (message.as === 'unintelligible-named')
    return { type: 'unintelligible', why: 'test message', names: { shop, case: reference } }
  if (message.as === 'announcement') return { type: 'must-read', shop, case: reference, why: 'announcement' }
  const facets: Partial<Facets> = {
    ...(status === undefined ? {} : { status: { status, raw: status } }),
    ...(reason === undefined ? {} : { reason: { text: reason } }),
    ...(fen === undefined ? {} : { amounts: { total: fen, legs: {} } }),
  }
  return {
    type: 'observed',
    shop,
    case: reference,
    report: { stamp: { revision, observedAt: receivedAt }, facets },
    ...(buyer === undefined ? {} : { buyer }),
    ...(message.as === 'partial' ? { alsoRead: 'partial message' } : {}),
    ...(message.as === 'partial-final' ? { alsoRead: 'partial message', readWhenOver: true } : {}),
  }
}

/** What calls do that the test has not defined: an unexpected call must fail it. */
const unexpectedCall = (): Promise<never> =>
  Promise.reject(new Error('this test did not expect a call to the marketplace'))

/** Its calls are those that the test gives; any other rejects. Pull windows: 30 minutes, overlap 5, settling time 1. */
export const anywhere = (answers: Partial<Outbound> = {}): Connector => ({
  marketplace: 'anywhere',
  name: { zh: '某处', en: 'Anywhere' },
  knownAs: ['某处', 'anywhere'],
  wireWords: [],
  manifest: {} as CapabilityManifest,
  inbound: {
    receive: ({ body, headers }) =>
      headers['signed'] === 'yes'
        ? {
            type: 'accepted',
            messages: (JSON.parse(body.toString()) as TestMessage[]).map((message) => inboundMessage(message)),
            answer: { status: 200, body: 'thanks' },
          }
        : { type: 'forged', why: 'not signed', answer: { status: 401, body: 'no' } },
    translate: ({ raw, receivedAt }) => translate(raw, receivedAt),
  },
  outbound: {
    pulling: { windowMs: 30 * MINUTE, overlapMs: 5 * MINUTE, settleMs: MINUTE },
    pull: unexpectedCall,
    read: unexpectedCall,
    refresh: unexpectedCall,
    perform: unexpectedCall,
    ...answers,
  },
  assist: () => undefined,
})

/** A call context for connectors: the clock stands at noon, and no rate limit applies. */
export const ctx = (
  signal: AbortSignal = new AbortController().signal,
  now: () => number = () => NOON,
): CallContext => ({
  now,
  signal,
  rateLimiter: { admit: () => Promise.resolve(), hold: () => undefined },
})

export interface TestShop {
  readonly org: number
  readonly stores: Directory
  readonly sealing: Sealing
  readonly vault: Vault
  readonly journal: Journal & { readonly lines: string[] }
  /** Its current record, read from the directory. */
  store(): Promise<StoreRecord>
}

export const lineUpOf = (answers: Partial<Outbound> = {}): LineUp => [anywhere(answers)]

/** Registers one organisation with one app and one store at Anywhere. */
export async function registerTestShop(database: DataSource): Promise<TestShop> {
  const vault = openVault(createHash('sha256').update('a key of the test').digest())
  const store = { shop: SHOP, name: '测试小店', accessToken: 'old-access', refreshToken: 'old-refresh' }
  const app = { marketplace: 'anywhere', appKey: 'app-1', appSecret: 'secret', endpoints: {}, stores: [store] }
  const org = await register(database, vault, { slug: 'test', name: 'Test' }, [app])
  const stores = new Directory(database, vault)
  const lines: string[] = []
  const journal = {
    lines,
    info: (what: string): void => void lines.push(what),
    warn: (what: string, error: unknown): void => void lines.push(`${what}: ${String(error)}`),
  }
  return {
    org,
    stores,
    sealing: messageSealingOf(vault),
    vault,
    journal,
    async store() {
      const [found] = (await stores.current()).stores
      if (found === undefined) throw new Error('no store')
      return found
    },
  }
}
