import type { AfterSaleCase, Facets, GoodsStage, Intent, IntentState, MoneyStage, Verdict } from '#after-sale'
import { MONEY_STAGES } from '#after-sale'
import { NOON } from '../../../../test/support/cases'
import {
  aReturnOnItsWay,
  aReturnRequest,
  caseOf,
  subjectOf,
  truthsOf,
  without,
} from '../../../../test/support/return-cases'
import { warehouseAcceptedGoods } from './warehouse-accepted-goods'

const judged = (afterSale: AfterSaleCase, receivedIsEnough = false): Verdict | undefined =>
  warehouseAcceptedGoods.judge(subjectOf(afterSale), { receivedIsEnough })
const returnAtStage = (stage: GoodsStage, overrides: Partial<Facets> = {}): AfterSaleCase =>
  caseOf(aReturnOnItsWay({ goods: { stage, parcels: [] }, ...overrides }))

describe('R164: agree to the refund when the warehouse has accepted the goods', () => {
  it.each<[GoodsStage, string, string]>([
    ['inspected-fit', 'act', 'act'],
    ['received', 'unsure', 'act'],
    ['inspected-unfit', 'leave', 'leave'],
    ['returning', 'leave', 'leave'],
    ['in-transit', 'leave', 'leave'],
    ['unknown', 'unsure', 'unsure'],
  ])(
    'R164: goods %s: %s where they must be inspected, %s where receiving them is enough',
    (stage, inspected, received) => {
      expect([judged(returnAtStage(stage))?.outcome, judged(returnAtStage(stage), true)?.outcome]).toEqual([
        inspected,
        received,
      ])
    },
  )

  it('R164: is unsure if the marketplace reports nothing about the goods', () => {
    expect(judged(caseOf(without(aReturnOnItsWay(), 'goods')))?.outcome).toBe('unsure')
  })

  it('R164: agrees to the refund and to nothing else', () => {
    expect(judged(returnAtStage('inspected-fit'))?.action).toEqual({ name: 'approve-refund' })
  })

  it.each([
    ['received', 'false', 'leave'],
    ['inspected-fit', 'false', 'leave'],
  ] as const)(
    'R164: goods %s that came back without an agreed return are left to a person',
    (stage, agreed, outcome) => {
      const verdict = judged(caseOf(aReturnRequest({ goods: { stage, parcels: [] } })), true)
      expect([truthsOf(verdict)['returnWasAgreed'], verdict?.outcome]).toEqual([agreed, outcome])
    },
  )

  it('R164: gives no verdict while no goods are back, for other kinds, and for cases that wait for others', () => {
    expect(judged(caseOf(aReturnRequest()))).toBeUndefined()
    for (const kind of ['refund-only', 'exchange', 'resend', 'repair'] as const)
      expect(judged(returnAtStage('inspected-fit', { kind: { kind } }))).toBeUndefined()
    for (const status of ['refunding', 'succeeded', 'awaiting-buyer-return', 'refused'] as const)
      expect(judged(returnAtStage('inspected-fit', { status: { status, raw: 'x' } }))).toBeUndefined()
  })
})

describe('R164: the finding of our own warehouse', () => {
  const receipt = (fit: boolean, state: IntentState): Intent => ({
    id: `${fit}-${state}`,
    action: { name: 'confirm-receipt', fit },
    by: { kind: 'person', id: 'wu' },
    way: 'API',
    at: NOON,
    judged: NOON,
    amount: 0,
    state,
    since: NOON,
  })
  const acceptedAfter = (...intents: Intent[]) =>
    truthsOf(judged({ ...returnAtStage('returning'), intents }))['goodsWereAccepted']

  it.each([
    ['fit', receipt(true, 'confirmed'), 'true'],
    ['fit, though the marketplace did not refund by itself', receipt(true, 'refused'), 'true'],
    ['unfit', receipt(false, 'confirmed'), 'false'],
    ['fit, but taken back', receipt(true, 'withdrawn'), 'false'],
  ] as const)('R164: %s', (_, intent, truth) => expect(acceptedAfter(intent)).toBe(truth))

  it('R164: the last finding counts', () => {
    expect([
      acceptedAfter(receipt(true, 'confirmed'), receipt(false, 'confirmed')),
      acceptedAfter(receipt(false, 'confirmed'), receipt(true, 'confirmed')),
    ]).toEqual(['false', 'true'])
  })
})

describe('R148: a refund that was paid once is not paid again', () => {
  const unpaid: readonly MoneyStage[] = ['none', 'asked', 'failed']
  it.each(Object.keys(MONEY_STAGES) as MoneyStage[])('R148: %s', (stage) => {
    expect(judged(returnAtStage('inspected-fit', { money: { stage } }))?.outcome).toBe(
      unpaid.includes(stage) ? 'act' : 'leave',
    )
  })
  it('R148: of unknown state is left to a person', () => {
    const facets = without(aReturnOnItsWay({ goods: { stage: 'inspected-fit', parcels: [] } }), 'money')
    expect(judged(caseOf(facets))?.outcome).toBe('unsure')
  })
})
