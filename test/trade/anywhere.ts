/** A marketplace that exists only in tests and answers as they say, with one registered store. */
import { createHash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { Directory, openVault, register, sealingOf } from '#access'
import type { Facets, Status } from '#after-sale'
import type { Journal, LineUp, Sealing, StoreRecord } from '#case-handling'
import type { CapabilityManifest, Connector, InboundMessage, Outbound, CallContext, Translation } from '#connectors'

/** What one of its messages says. Times are UTC ms. */
export interface TestMessage {
  readonly case?: string
  readonly shop?: string
  readonly order?: string
  readonly revision?: number
  readonly status?: Status
  readonly reason?: string
  readonly fen?: number
  readonly buyer?: { readonly name?: string; readonly phone?: string }
  /** Only a hint, nothing of ours, not to be understood, or only whose case it is. */
  readonly as?: 'hint' | 'noise' | 'riddle' | 'half' | 'half of the end' | 'named'
}

export const SHOP = '10437917'
export const NOON = Date.parse('2026-11-11T04:00:00Z')
export const MINUTE = 60_000

export const inboundMessage = (
  said: TestMessage,
  key = JSON.stringify(said),
  channel: InboundMessage['channel'] = 'push',
): InboundMessage => ({
  channel,
  key,
  shop: said.shop ?? SHOP,
  raw: JSON.stringify(said),
})

function translate(raw: string, receivedAt: number): Translation {
  const said = JSON.parse(raw) as TestMessage
  const { shop = SHOP, order, revision = NOON, status, reason, fen, buyer } = said
  const reference = { caseNumber: said.case ?? '?', ...(order === undefined ? {} : { orderNumber: order }) }
  if (said.as === 'noise') return { type: 'irrelevant', why: 'about the weather' }
  if (said.as === 'riddle') return { type: 'unintelligible', why: 'a riddle' }
  if (said.as === 'named') return { type: 'unintelligible', why: 'a riddle', names: { shop, case: reference } }
  if (said.as === 'hint') return { type: 'must-read', shop, case: reference, why: 'a hint' }
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
    ...(said.as === 'half' ? { alsoRead: 'half of it' } : {}),
    ...(said.as === 'half of the end' ? { alsoRead: 'half of it', readWhenOver: true } : {}),
  }
}

const unexpectedCall = (): Promise<never> =>
  Promise.reject(new Error('this test did not expect the marketplace to be asked'))

/** It answers nothing but what the test gives; its windows are 30 minutes, overlap by 5 and settle for 1. */
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
            messages: (JSON.parse(body.toString()) as TestMessage[]).map((said) => inboundMessage(said)),
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

/** The world as a connector meets it in a test: the time stands at noon, and no limit is in the way. */
export const ctx = (
  signal: AbortSignal = new AbortController().signal,
  now: () => number = () => NOON,
): CallContext => ({
  now,
  signal,
  pace: { admit: () => Promise.resolve(), hold: () => undefined },
})

export interface TestShop {
  readonly org: number
  readonly stores: Directory
  readonly sealing: Sealing
  readonly vault: Vault
  readonly journal: Journal & { readonly lines: string[] }
  /** As it stands now. */
  store(): Promise<StoreRecord>
}

export const lineUpOf = (answers: Partial<Outbound> = {}): LineUp => [anywhere(answers)]

/** Enters one organisation with one app and one store at Anywhere. */
export async function registerTestShop(database: DataSource): Promise<TestShop> {
  const vault = openVault(createHash('sha256').update('a key of the test').digest())
  const store = { shop: SHOP, name: '测试小店', accessToken: 'old-access', refreshToken: 'old-refresh' }
  const app = { marketplace: 'anywhere', appKey: 'app-1', appSecret: 'secret', endpoints: {}, stores: [store] }
  const org = await register(database, vault, { slug: 'test', name: 'Test' }, [app])
  const stores = new Directory(database, vault)
  const lines: string[] = []
  const journal = {
    lines,
    note: (what: string): void => void lines.push(what),
    trouble: (what: string, error: unknown): void => void lines.push(`${what}: ${String(error)}`),
  }
  return {
    org,
    stores,
    sealing: sealingOf(vault),
    vault,
    journal,
    async store() {
      const [found] = (await stores.current()).stores
      if (found === undefined) throw new Error('no store')
      return found
    },
  }
}
