import type { ClaimedMessage } from '#event-store'
import type { TestMessage } from '../../../../test/support/anywhere-marketplace'
import { NOON, SHOP, anywhere } from '../../../../test/support/anywhere-marketplace'
import { caseIdOf } from '../writing/case-id'
import type { AppRecord, Sealing, StoreRecord, Stores } from '../ports'
import type { InterpretedMessage } from './interpret-messages'
import { MessageInterpreter } from './interpret-messages'

const app: AppRecord = { id: 7, org: 1, marketplace: 'anywhere', appKey: 'k', appSecret: 's', endpoints: {} }
const store = {
  id: 3,
  org: 1,
  app,
  marketplace: 'anywhere',
  shop: SHOP,
  name: '',
  accessToken: '',
  refreshToken: '',
  authorised: true,
}
const otherStore = { ...store, id: 4, shop: '404' }
const stores = (...knownStores: StoreRecord[]): Stores =>
  ({ current: () => Promise.resolve({ apps: [app], stores: knownStores }) }) as unknown as Stores
/** Does not encrypt: these tests check only that it is used. */
const sealing: Sealing = {
  sealMessage: (_org, raw) => Buffer.from(raw),
  openMessage: ({ org }, sealed) => (org === 1 ? sealed.toString() : '{}'),
  sealOrder: (_place, order) => Buffer.from(order),
  openOrder: (_place, sealed) => sealed.toString(),
  sameBuyer: (_org, _caseId, fresh) => fresh,
  sealBuyer: (org, _caseId, { name }) => ({
    sealed: `sealed for ${org}`,
    ...(name === undefined ? {} : { nameMask: `${name.slice(0, 1)}**` }),
  }),
}
const message = (content: TestMessage, changes: Partial<ClaimedMessage> = {}): ClaimedMessage => ({
  id: 11,
  org: 1,
  app: 7,
  store: null,
  channel: 'push',
  digest: Buffer.alloc(16),
  receivedAt: NOON,
  raw: Buffer.from(JSON.stringify(content)),
  attempts: 0,
  ...changes,
})
const interpret = async (content: TestMessage, changes: Partial<ClaimedMessage> = {}): Promise<InterpretedMessage> => {
  const [interpreted] = await new MessageInterpreter([anywhere()], stores(store, otherStore), sealing).interpret([
    message(content, changes),
  ])
  if (interpreted === undefined) throw new Error('nothing came back')
  return interpreted
}
const readRequest = { stream: caseIdOf(1, 3, '19'), org: 1, store: 3, case_number: '19', order_number: null }
const pushed = { store: 3, org: 1, at: NOON }

describe('a stored message', () => {
  it('is the report of a case of the store whose shop it names', async () => {
    expect(await interpret({ case: '19', revision: NOON, fen: 8900 })).toEqual({
      id: 11,
      org: 1,
      type: 'observed',
      caseCommand: {
        id: caseIdOf(1, 3, '19'),
        org: 1,
        store: 3,
        messageId: 11,
        command: {
          type: 'RecordObservation',
          identity: { organisation: '1', store: '3', marketplace: 'anywhere', caseNumber: '19' },
          stamp: { revision: NOON, observedAt: NOON },
          facets: { amounts: { total: 8900, legs: {} } },
        },
      },
      pushed,
    })
  })

  it('names the order where the marketplace does', async () => {
    expect(await interpret({ case: '19', order: '190228-355530178612389' })).toMatchObject({
      caseCommand: { command: { orderNumber: '190228-355530178612389' } },
    })
  })

  it('requests a reading of the case if it is only a hint', async () => {
    expect(await interpret({ case: '19', as: 'announcement' })).toEqual({
      id: 11,
      org: 1,
      type: 'must-read',
      reading: { ...readRequest, why: 'announcement' },
      pushed,
    })
  })

  it('is recorded and requests a reading of the case if it is partial', async () => {
    expect(await interpret({ case: '19', as: 'partial' })).toMatchObject({
      type: 'observed',
      reading: { ...readRequest, why: 'partial message' },
    })
  })

  it('is ignored if it is about something else', async () => {
    expect(await interpret({ as: 'irrelevant' })).toEqual({ id: 11, org: 1, type: 'irrelevant' })
  })

  it('belongs to the store that it was requested for, whatever shop it names', async () => {
    const interpreted = await interpret({ case: '19' }, { store: 4, channel: 'detail' })
    expect(interpreted).toMatchObject({ type: 'observed', caseCommand: { id: caseIdOf(1, 4, '19'), store: 4 } })
    expect(interpreted).not.toHaveProperty('pushed')
  })

  it.each<[string, TestMessage, Partial<ClaimedMessage>, string, string]>([
    ['cannot be understood', { as: 'unintelligible' }, {}, 'unintelligible', 'test message'],
    ['names a shop that is not ours', { case: '19', shop: '999' }, {}, 'unknown-store', 'no store for shop 999'],
    ['belongs to a store that is gone', { case: '19' }, { store: 99 }, 'unknown-store', `no store for shop ${SHOP}`],
    ['came through an app that is gone', { case: '19' }, { app: 99 }, 'unknown-store', 'no such app or marketplace'],
  ])('is quarantined with the reason if it %s', async (_, content, changes, reason, detail) => {
    expect(await interpret(content, changes)).toEqual({ id: 11, org: 1, type: 'quarantined', reason, detail })
  })

  it('is quarantined, not lost, if this process does not know its marketplace', async () => {
    const [interpreted] = await new MessageInterpreter([], stores(store), sealing).interpret([message({ case: '19' })])
    expect(interpreted).toMatchObject({ type: 'quarantined', reason: 'unknown-store' })
  })

  it('has its buyer sealed for the organisation before anything else sees it', async () => {
    const interpreted = await interpret({ case: '19', buyer: { name: '王小明', phone: '13800135678' } })
    expect(interpreted).toMatchObject({
      caseCommand: { command: { facets: { buyer: { sealed: 'sealed for 1', nameMask: '王**' } } } },
    })
    expect(JSON.stringify(interpreted)).not.toMatch(/小明|13800135678/)
  })
})

describe('the id of a case', () => {
  it('is the same for the same identity, in every process and forever', () => {
    expect(caseIdOf(1, 3, '7000893114000949517')).toBe('4f0667c8-bda8-8175-ab7e-4a32b6bd09a5')
  })

  it('differs for another organisation, store or number, even if they read the same when joined', () => {
    const ids = [
      caseIdOf(1, 3, '19'),
      caseIdOf(2, 3, '19'),
      caseIdOf(1, 4, '19'),
      caseIdOf(1, 3, '20'),
      caseIdOf(13, 1, '9'),
      caseIdOf(1, 31, '9'),
    ]
    expect(new Set(ids).size).toBe(6)
  })

  it('is a UUID of version 8', () => {
    expect(caseIdOf(1, 3, '19')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
