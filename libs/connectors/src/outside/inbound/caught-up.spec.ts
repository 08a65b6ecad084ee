import { TOLERATED_SKEW_MS } from '#after-sale'
import type { Translation } from '../../contract'
import { translate } from './translate'

const RECEIVED = Date.parse('2026-11-11T04:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const translated = (from: number, until: number): Translation =>
  translate({
    channel: 'push',
    receivedAt: RECEIVED,
    raw: JSON.stringify({ id: '1', type: 'caught-up.v1', data: { shop: 'shop-1', from, until, cases: 3 } }),
  })

describe('A1: an adapter that reports that it has caught up', () => {
  it.each<[string, number, number]>([
    ['until a moment ago', RECEIVED - 1_000, RECEIVED - 1_000],
    ['until now', RECEIVED, RECEIVED],
    [
      'until a moment ahead, as far as clocks may differ: until it was received',
      RECEIVED + TOLERATED_SKEW_MS,
      RECEIVED,
    ],
  ])('%s', (_, until, to) => {
    expect(translated(RECEIVED - HOUR, until)).toEqual({
      type: 'complete',
      shop: 'shop-1',
      window: { from: RECEIVED - HOUR, to },
      cases: 3,
    })
  })

  it.each<[string, number, number]>([
    ['until a time in the future', RECEIVED - HOUR, RECEIVED + TOLERATED_SKEW_MS + 1],
    ['until the year 2099', RECEIVED - HOUR, Date.UTC(2099, 0, 1)],
    ['of a time in the future', RECEIVED + MINUTE, RECEIVED + 2 * MINUTE],
    ['backwards', RECEIVED, RECEIVED - HOUR],
  ])('%s proves nothing', (_, from, until) => {
    expect(translated(from, until).type).toBe('unintelligible')
  })
})
