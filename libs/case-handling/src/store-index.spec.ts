import { inboundMessage } from '../../../test/support/anywhere-marketplace'
import type { StoreRecord } from './ports'
import { sealMessages } from './receiving/intake'
import { StoreIndex } from './store-index'

const app = (id: number): StoreRecord['app'] => ({
  id,
  org: 1,
  marketplace: 'anywhere',
  appKey: `app-${id}`,
  appSecret: 'secret',
  endpoints: {},
})
let readings = 0
/** Counts how often a store is looked at. */
const store = (id: number, ofApp: number, shop: string): StoreRecord => ({
  id,
  org: 1,
  app: app(ofApp),
  marketplace: 'anywhere',
  get shop() {
    readings += 1
    return shop
  },
  name: shop,
  accessToken: 'access',
  refreshToken: 'refresh',
  authorised: true,
})
const STORES = Array.from({ length: 1_000 }, (_, index) => store(index + 1, 1 + (index % 2), `shop-${index >> 1}`))

describe('the index of stores', () => {
  it('finds a store by the app and the number of its shop: another app may have the same number', () => {
    const index = StoreIndex.of(STORES)
    expect([index.ofShop(1, 'shop-0')?.id, index.ofShop(2, 'shop-0')?.id]).toEqual([1, 2])
    expect([index.ofShop(3, 'shop-0'), index.ofShop(1, 'shop-500'), index.ofShop(1, undefined)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('finds a store by its id only where it is of that app', () => {
    const index = StoreIndex.of(STORES)
    expect([index.ofId(1, 1)?.id, index.ofId(2, 1), index.ofId(1, 1_001)]).toEqual([1, undefined, undefined])
  })

  it('looks at each store once, however many messages ask', () => {
    const stores = [...STORES]
    readings = 0
    const messages = Array.from({ length: 500 }, (_, index) => inboundMessage({ shop: 'shop-499' }, `key-${index}`))
    const sealing = { sealMessage: () => Buffer.alloc(0) }
    const sealed = messages.flatMap((message) => sealMessages(app(1), [message], { stores, sealing, receivedAt: 0 }))
    expect([new Set(sealed.map((one) => one.store)), readings]).toEqual([new Set([999]), 1_000])
  })

  it('knows what was read again, and not what was there before', () => {
    expect(StoreIndex.of(STORES.slice(1)).ofShop(1, 'shop-0')).toBe(undefined)
  })
})
