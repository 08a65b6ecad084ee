import fc from 'fast-check'
import { HOUR, NOON } from '../../../../test/support/cases'
import type { Appeal, AppealEvent, AppealFiled } from './appeal-lifecycle'
import { appealStageOf, evolveAppeals, failuresOf } from './appeal-lifecycle'
import { DEFAULT_APPEAL_TERMS } from './terms'

const filed: AppealFiled = {
  type: 'AppealFiled',
  id: 'A',
  at: NOON,
  items: [{ kind: 'liability' }, { kind: 'goods-money', claimed: 8900 }],
}
const decided = (
  kind: 'liability' | 'goods-money',
  result: 'won' | 'partly' | 'lost',
  hours: number,
  recovered?: number,
): AppealEvent => ({
  type: 'AppealItemDecided',
  id: 'A',
  kind,
  result,
  at: NOON + hours * HOUR,
  ...(recovered === undefined ? {} : { recovered }),
})
const withdrawn: AppealEvent = { type: 'AppealWithdrawn', id: 'A', at: NOON + HOUR }
const appealAfter = (...events: AppealEvent[]): Appeal =>
  events.reduce(evolveAppeals, [filed].reduce(evolveAppeals, [] as readonly Appeal[]))[0] as Appeal
const results = (appeal: Appeal): string[] => appeal.items.map(({ result }) => result)

describe('an appeal', () => {
  it('R082: is under review from the day on that it was filed', () => {
    expect([appealStageOf(appealAfter()), results(appealAfter())]).toEqual(['under-review', ['pending', 'pending']])
  })

  it('R084: is decided item by item', () => {
    const partlyDecided = appealAfter(decided('liability', 'lost', 24))
    expect([appealStageOf(partlyDecided), results(partlyDecided)]).toEqual(['partly-decided', ['lost', 'pending']])
    const whole = appealAfter(decided('liability', 'lost', 24), decided('goods-money', 'partly', 48, 4000))
    expect(appealStageOf(whole)).toBe('decided')
    expect(whole.items[1]).toEqual({
      kind: 'goods-money',
      claimed: 8900,
      result: 'partly',
      recovered: 4000,
      decidedAt: NOON + 48 * HOUR,
    })
  })

  it('R083: is withdrawn where it is not decided, and only there', () => {
    expect(appealStageOf(appealAfter(withdrawn))).toBe('withdrawn')
    expect(results(appealAfter(decided('liability', 'won', 1), withdrawn))).toEqual(['won', 'withdrawn'])
    expect(results(appealAfter(withdrawn, decided('liability', 'lost', 2)))).toEqual(['lost', 'withdrawn'])
  })

  it('R084: of two decisions the later one wins', () => {
    expect(results(appealAfter(decided('liability', 'won', 9), decided('liability', 'lost', 3)))[0]).toBe('won')
  })

  it('is filed once, and an appeal that was not filed does not change', () => {
    expect([filed, filed].reduce(evolveAppeals, [] as readonly Appeal[])).toHaveLength(1)
    expect(evolveAppeals([], withdrawn)).toEqual([])
  })

  it('R083, R084: ends the same in whatever order its results come, however often', () => {
    const anyEvent = fc.oneof(
      fc.constant(withdrawn),
      fc
        .tuple(
          fc.constantFrom('liability' as const, 'goods-money' as const),
          fc.constantFrom('won' as const, 'partly' as const, 'lost' as const),
          fc.nat(3),
          fc.option(fc.nat(2), { nil: undefined }),
        )
        .map(([kind, result, hours, recovered]) => decided(kind, result, hours, recovered)),
    )
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 6 }), (events) => {
        expect(appealAfter(...[...events].reverse(), ...events)).toEqual(appealAfter(...events))
      }),
    )
  })
})

describe('what counts as a failure', () => {
  const whole = [appealAfter(decided('liability', 'lost', 24), decided('goods-money', 'partly', 48, 1))]
  const nothing = [appealAfter(decided('liability', 'lost', 24), decided('goods-money', 'lost', 48))]
  const byAppeal = {
    ...DEFAULT_APPEAL_TERMS,
    failureIs: { value: 'appeal', rule: 'R061', from: '2023-01-01' },
  } as const

  it('R080: every lost item, by default: the careful reading', () => {
    expect(failuresOf(nothing)).toEqual([NOON + 24 * HOUR, NOON + 48 * HOUR])
    expect(failuresOf(whole)).toEqual([NOON + 24 * HOUR])
  })

  it('R061: or every appeal that brought nothing, where the store is set so', () => {
    expect(failuresOf(nothing, byAppeal)).toEqual([NOON + 48 * HOUR])
    expect(failuresOf(whole, byAppeal)).toEqual([])
  })

  it('R083: nothing that was withdrawn or is not decided', () => {
    expect([
      ...failuresOf([appealAfter(withdrawn)]),
      ...failuresOf([appealAfter()]),
      ...failuresOf([appealAfter()], byAppeal),
    ]).toEqual([])
  })
})
