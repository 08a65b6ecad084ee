import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { Action } from '../actions/action'
import type { ActionFacts } from '../actions/facts/facts'
import { APPEAL_GUARDS, EVIDENCE_GUARDS, GUARDS, INTERVENTION_GUARDS } from '../actions/guards/guards'
import { textStaysInside } from '../actions/guards/text-stays-inside'
import type { Intent } from '../actions/intents/intent'
import type { AfterSaleCase } from '../case'
import { defaultStoreTerms } from '../store-terms/default-store-terms'
import { appealBudgetOf, failedAppealsOf } from './appeal-budget'
import type { Appeal } from './appeal-lifecycle'
import { failuresOf } from './appeal-lifecycle'

const lostCase = caseAfter(
  reported(
    0,
    aRefundRequest({
      dispute: { stage: 'ruled-for-buyer' },
      money: { stage: 'refunded' },
      amounts: { total: 8900, legs: { GOODS: 8900, FREIGHT: 0 } },
      order: { orderNumber: '1', lines: [{ lineId: '1', paid: 8900 }] },
    }),
  ),
)
const appeal: Action = {
  name: 'appeal',
  items: [
    { kind: 'liability', text: '已按约定时间处理' },
    { kind: 'goods-money', amount: 8900, text: '商品已签收且无质量问题' },
  ],
  evidence: [{ hash: 'a', kind: 'image' }],
}
const facts: ActionFacts = {
  failedAppeals: { month: 0, year: 0 },
  appealed: [],
  evidence: [{ hash: 'a', kind: 'image', bytes: 9, width: 900, height: 900, capturedAt: NOON - HOUR }],
}
const objectionTexts = (overrides: ActionFacts = {}, afterSale = lostCase, action = appeal): string[] =>
  APPEAL_GUARDS.flatMap((guard) =>
    guard({ afterSale, action, facts: { ...facts, ...overrides }, terms: defaultStoreTerms, now: NOON }),
  ).map((o) => `${o.type === 'refused' ? o.reason : o.warning} ${o.rule}`)

describe('an appeal as a whole', () => {
  it('R061–R084: with everything known and no obstacle, there is no objection', () => {
    expect(objectionTexts()).toEqual([])
  })

  it('R065, R061: what is bound to fail is named before the slots that are left', () => {
    const invalid = facts.evidence?.map((piece) => ({ ...piece, judgedInvalid: true })) ?? []
    expect(objectionTexts({ evidence: invalid, failedAppeals: { month: 4, year: 4 } })[0]).toBe(
      'AppealBoundToFail R065',
    )
  })

  it('R080: the same item again is refused while our first appeal is open, and after it took effect', () => {
    const withIntentState = (state: Intent['state']): AfterSaleCase => ({
      ...lostCase,
      intents: [
        {
          id: '1',
          action: appeal,
          by: { kind: 'person', id: '1' },
          way: 'ASSISTED',
          at: NOON,
          judged: NOON,
          amount: 0,
          state,
          since: NOON,
        },
      ],
    })
    for (const state of ['intended', 'attested', 'confirmed'] as const)
      expect(objectionTexts({}, withIntentState(state))).toContain('AppealItemTwice R080')
    for (const state of ['refused', 'withdrawn', 'lapsed'] as const)
      expect(objectionTexts({}, withIntentState(state))).toEqual([])
  })

  it('R127: its texts and those of interventions and evidence are checked like any other', () => {
    const offPlatformAppeal: Action = { ...appeal, items: [{ kind: 'liability', text: '请加微信 shop_12345 联系' }] }
    expect(objectionTexts({}, lostCase, offPlatformAppeal)).toContain('TextNamesOutside R127')
    for (const guards of [APPEAL_GUARDS, INTERVENTION_GUARDS, EVIDENCE_GUARDS])
      expect(guards).toContain(textStaysInside)
  })

  it('R083: a withdrawal has a guard of its own', () => {
    expect(GUARDS['withdraw-appeal']).toHaveLength(1)
  })
})

it('R061: three lost items of a store leave appeals open, the fourth closes them until the next month', () => {
  const lost = (n: number): Appeal => ({
    id: String(n),
    filedAt: NOON,
    items: [{ kind: 'liability', result: 'lost', decidedAt: NOON + n * HOUR }],
  })
  const budget = (appeals: readonly Appeal[]) => {
    const now = NOON + 24 * HOUR
    return appealBudgetOf(
      failedAppealsOf(failuresOf(appeals), now, defaultStoreTerms.zoneMinutes),
      now,
      defaultStoreTerms.zoneMinutes,
    )
  }
  expect(budget([1, 2, 3].map(lost))).toMatchObject({ open: true, left: 1 })
  expect(budget([1, 2, 3, 4].map(lost))).toMatchObject({
    open: false,
    opensAt: Date.parse('2026-12-01T00:00:00+08:00'),
  })
})
