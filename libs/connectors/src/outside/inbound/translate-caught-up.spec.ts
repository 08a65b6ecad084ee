import { TOLERATED_SKEW_MS } from '#after-sale'
import type { Translation } from '../../contract'
import { translate } from './translate'

const RECEIVED = Date.parse('2026-11-11T04:00:00Z')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** What is understood of an adapter's report that it has caught up from `from` until `until`. */
const translateCaughtUp = (from: number, until: number): Translation =>
  translate({
    channel: 'push',
    receivedAt: RECEIVED,
    raw: JSON.stringify({ id: '1', type: 'caught-up.v1', data: { shop: 'shop-1', from, until, cases: 3 } }),
  })

describe('translate, of an adapter’s report that it has caught up', () => {
  it.each<[string, number, number]>([
    ['one that ends a moment ago proves its window', RECEIVED - 1_000, RECEIVED - 1_000],
    ['one that ends now proves its window', RECEIVED, RECEIVED],
    [
      'one that ends ahead, within what clocks may differ, proves its window up to when it was received',
      RECEIVED + TOLERATED_SKEW_MS,
      RECEIVED,
    ],
  ])('%s', (_, until, expectedTo) => {
    expect(translateCaughtUp(RECEIVED - HOUR_MS, until)).toEqual({
      type: 'complete',
      shop: 'shop-1',
      window: { from: RECEIVED - HOUR_MS, to: expectedTo },
      cases: 3,
    })
  })

  it.each<[string, number, number]>([
    ['that ends in the future', RECEIVED - HOUR_MS, RECEIVED + TOLERATED_SKEW_MS + 1],
    ['that ends in the year 2099', RECEIVED - HOUR_MS, Date.UTC(2099, 0, 1)],
    ['that begins in the future', RECEIVED + MINUTE_MS, RECEIVED + 2 * MINUTE_MS],
    ['that ends before it begins', RECEIVED, RECEIVED - HOUR_MS],
  ])('a window %s is refused as unintelligible', (_, from, until) => {
    expect(translateCaughtUp(from, until).type).toBe('unintelligible')
  })
})
