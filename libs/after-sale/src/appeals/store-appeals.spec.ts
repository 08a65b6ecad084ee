import { HOUR, NOON } from '../../../../test/support/cases'
import type { StoredAppealItem } from './store-appeals'
import { appealHistoryOf, appealedKindsOf, appealsFrom, failedAppealsOfStore } from './store-appeals'
import { DEFAULT_APPEAL_TERMS } from './terms'

const item = (
  stream: string,
  kind: StoredAppealItem['kind'],
  result: StoredAppealItem['result'],
  overrides: Partial<StoredAppealItem> = {},
): StoredAppealItem => ({
  stream,
  appeal: 'a',
  kind,
  filedAt: NOON,
  claimed: null,
  result,
  recovered: null,
  decidedAt: result === 'pending' || result === 'withdrawn' ? null : NOON + HOUR,
  ...overrides,
})
const storeItems = [
  item('1', 'liability', 'lost'),
  item('1', 'goods-money', 'partly', { claimed: 900, recovered: 400 }),
  item('2', 'liability', 'lost'),
  item('3', 'freight', 'withdrawn'),
  item('3', 'liability', 'pending'),
]

describe('what a store has appealed', () => {
  it('is put together from its items', () => {
    expect(appealsFrom(storeItems).map(({ items }) => items.length)).toEqual([2, 1, 2])
    expect(appealsFrom(storeItems)[0]?.items[1]).toEqual({
      kind: 'goods-money',
      claimed: 900,
      result: 'partly',
      recovered: 400,
      decidedAt: NOON + HOUR,
    })
  })

  it.each([
    ['item', { month: 2, year: 2 }],
    // Of the first one something came back: it did not fail.
    ['appeal', { month: 1, year: 1 }],
  ] as const)('R061: fails by the %s', (value, failed) => {
    const terms = { ...DEFAULT_APPEAL_TERMS, failureIs: { ...DEFAULT_APPEAL_TERMS.failureIs, value } }
    expect(failedAppealsOfStore(storeItems, NOON + HOUR, 480, terms)).toEqual(failed)
  })

  it('R080: is not appealed again for the same case, unless it was withdrawn', () => {
    expect(['1', '2', '3', '4'].map((stream) => appealedKindsOf(storeItems, stream))).toEqual([
      ['liability', 'goods-money'],
      ['liability'],
      ['liability'],
      [],
    ])
  })

  it('R071: counts how often a kind was won', () => {
    expect(appealHistoryOf(storeItems)).toEqual({
      liability: { won: 0, decided: 2 },
      'goods-money': { won: 1, decided: 1 },
    })
  })
})
