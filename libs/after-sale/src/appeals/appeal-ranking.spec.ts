import fc from 'fast-check'
import { NOON, aRefundRequest, anyIdentity, caseAfter, reported } from '../../../../test/support/cases'
import type { AppealItem } from '../actions/action'
import type { ActionFacts } from '../actions/facts/facts'
import type { EvidencePack } from '../evidence/pack'
import type { AppealCandidate } from './appeal-ranking'
import { FACTORS, rankAppeals } from './appeal-ranking'
import { DEFAULT_APPEAL_TERMS } from './terms'

const EVIDENCE_PACK: EvidencePack = {
  pieces: [{ hash: 'a', kind: 'image' }],
  leftOut: [],
  missing: [],
  doubts: [],
  textOver: 0,
  complete: true,
}
const KNOWN_FACTS: ActionFacts = { evidence: [], freeShipping: false, returnAddressTold: true, deductions: [] }
const candidate = (
  caseNumber: string,
  items: readonly AppealItem[],
  facts: ActionFacts = KNOWN_FACTS,
  overrides: Partial<AppealCandidate> = {},
): AppealCandidate => {
  const report = reported(
    0,
    aRefundRequest({
      dispute: { stage: 'ruled-for-buyer' },
      money: { stage: 'refunded' },
      amounts: { total: 90_000, legs: { GOODS: 80_000, FREIGHT: 10_000 } },
    }),
  )
  return {
    subject: { afterSale: caseAfter({ ...report, identity: { ...anyIdentity, caseNumber } }), facts },
    items,
    pack: EVIDENCE_PACK,
    ...overrides,
  }
}
const money = (amount?: number): AppealItem => ({
  kind: 'goods-money',
  text: '已发货',
  ...(amount === undefined ? {} : { amount }),
})
const rate: AppealItem = { kind: 'liability', text: '已发货' }
const rankedNumbers = (candidates: readonly AppealCandidate[], history = {}): string[] =>
  rankAppeals(candidates, history).ranked.map(({ candidate: one }) => one.subject.afterSale.caseNumber)
const worthOf = (one: AppealCandidate): number => rankAppeals([one], {}).ranked[0]?.worth ?? -1

describe('what a slot of the appeal budget is worth', () => {
  it('R061, R071: explains every factor: half a chance at 80.00 yuan is 40.00 for half a slot', () => {
    expect(rankAppeals([candidate('1', [money(8000)])], {}).ranked[0]).toMatchObject({
      expected: 4000,
      failures: 500,
      worth: 8000,
      factors: [
        { kind: 'goods-money', factor: 'history', value: 500 },
        { kind: 'goods-money', factor: 'unknownFacts', value: 1000 },
        { kind: 'goods-money', factor: 'evidence', value: 1000 },
        { kind: 'goods-money', factor: 'money', value: 8000 },
      ],
    })
  })

  it('R067, R068: counts the rate by what it is worth to the store', () => {
    expect(rankAppeals([candidate('1', [rate])], {}).ranked[0]).toMatchObject({
      expected: DEFAULT_APPEAL_TERMS.rateValue.value / 2,
    })
  })

  it('R070: puts more money first, and the kind that the store wins more often', () => {
    expect(rankedNumbers([candidate('less', [money(1000)]), candidate('more', [money(9000)])])).toEqual([
      'more',
      'less',
    ])
    const history = { liability: { won: 9, decided: 10 }, 'goods-money': { won: 0, decided: 10 } }
    expect(rankedNumbers([candidate('money', [money(5000)]), candidate('rate', [rate])], history)).toEqual([
      'rate',
      'money',
    ])
  })

  it('R063, R065, R077: ranks nothing that is bound to fail, and gives the reason', () => {
    const { ranked, blocked } = rankAppeals(
      [candidate('1', [{ kind: 'freight', amount: 10_000, text: '' }], { ...KNOWN_FACTS, freeShipping: true })],
      {},
    )
    expect([ranked, blocked.map(({ obstacles }) => obstacles)]).toEqual([
      [],
      [[{ kind: 'freight', name: 'FreeShipping' }]],
    ])
  })

  it.each<[string, AppealCandidate]>([
    ['whether evidence was judged', candidate('1', [money(8000)], (({ evidence: _e, ...rest }) => rest)(KNOWN_FACTS))],
    ['what evidence there is', (({ pack: _pack, ...rest }) => rest)(candidate('1', [money(8000)]))],
    ['how much can be claimed', candidate('1', [money()])],
  ])('R071: is less where %s is unknown', (_what, unknown) => {
    expect(worthOf(unknown)).toBeLessThan(worthOf(candidate('1', [money(8000)])))
  })

  it('R066: is less where evidence is missing', () => {
    const incompletePack: EvidencePack = {
      ...EVIDENCE_PACK,
      missing: [{ anyOf: ['stamped-proof'], need: 'must', rule: 'R066' }],
      complete: false,
    }
    expect(worthOf(candidate('1', [money(8000)], KNOWN_FACTS, { pack: incompletePack }))).toBeLessThan(
      worthOf(candidate('1', [money(8000)])),
    )
  })

  it('R061: counts an appeal as one slot where the store counts appeals, not items', () => {
    const byAppeal = {
      ...DEFAULT_APPEAL_TERMS,
      failureIs: { value: 'appeal', rule: 'R061', from: '2023-01-01' },
    } as const
    const both = candidate('1', [rate, money(8000)])
    expect(rankAppeals([both], {}).ranked[0]?.failures).toBe(1000)
    expect(rankAppeals([both], {}, byAppeal).ranked[0]?.failures).toBe(250)
  })

  it('R071: gives one order whatever the order of the candidates; the sooner end goes first among equals', () => {
    expect(
      rankedNumbers([
        candidate('late', [money(1)], KNOWN_FACTS, { due: NOON + 2 }),
        candidate('soon', [money(1)], KNOWN_FACTS, { due: NOON }),
      ]),
    ).toEqual(['soon', 'late'])
    const candidates = [1, 2, 3, 4, 5, 6].map((n) =>
      candidate(String(n), [money((n % 3) * 1000 + 1)], KNOWN_FACTS, n % 2 === 0 ? { due: NOON + n } : {}),
    )
    fc.assert(
      fc.property(fc.shuffledSubarray(candidates, { minLength: 6 }), (shuffled) =>
        expect(rankedNumbers(shuffled)).toEqual(rankedNumbers(candidates)),
      ),
    )
  })

  it('R071: every factor has two names, a unit and its source', () => {
    for (const { zh, en, unit, rule } of Object.values(FACTORS))
      expect([zh, en, unit, rule].every((word) => word.length > 2)).toBe(true)
  })
})
