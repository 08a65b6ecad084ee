import type { DisputeStage, Facets, MoneyStage, Verdict } from '#after-sale'
import { DISPUTE_STAGES, MONEY_STAGES, amountAtRiskOf } from '#after-sale'
import { NOON } from '../../../../test/support/cases'
import { aReturnOnItsWay, aReturnRequest, caseOf, subjectOf, without } from '../../../../test/support/return-cases'
import { platformHandlesIt } from './platform-handles-it'

const verdictOn = (facets: Partial<Facets>): Verdict | undefined =>
  platformHandlesIt.judge(subjectOf(caseOf(facets)), undefined)
const outcomeAndFact = (facets: Partial<Facets>) => [
  verdictOn(facets)?.outcome,
  verdictOn(facets)?.conditions[0]?.found,
]

describe('R147: what the platform’s own automation has decided is left to it', () => {
  it.each([
    ['speed-refund', 'expect', 'expect'],
    ['lightning-return', 'expect', 'expect'],
    ['auto-audit:1', 'expect', 'expect'],
    ['auto-audit:2', 'expect', 'expect'],
    ['auto-audit:3', 'expect', 'expect'],
    ['auto-audit:4', 'expect', 'expect'],
    ['auto-audit:5', 'expect', 'expect'],
    ['auto-audit:8', 'expect', 'expect'],
    ['auto-audit:11', 'expect', 'expect'],
    ['auto-audit:12', 'expect', 'expect'],
    ['assistant:return-agreed', 'expect', 'leave'],
    ['auto-audit:7', 'expect', 'leave'],
    ['auto-audit:17', 'expect', 'leave'],
    ['auto-audit:9', 'unsure', 'unsure'],
    ['auto-audit:16', 'unsure', 'unsure'],
    ['auto-audit:99', 'unsure', 'unsure'],
    ['seven-day-return', 'leave', 'leave'],
    ['part', 'leave', 'leave'],
  ])(
    'R147, R161: marked %s: %s before the return is agreed to, %s once the goods are on their way',
    (flag, before, after) => {
      expect([
        verdictOn(aReturnRequest({ flags: [flag] }))?.outcome,
        verdictOn(aReturnOnItsWay({ flags: [flag] }))?.outcome,
      ]).toEqual([before, after])
    },
  )

  it('R147: one mark that decides is enough among many that do not', () => {
    expect(outcomeAndFact(aReturnRequest({ flags: ['auto-audit:13', 'auto-audit:7', 'part'] }))).toEqual([
      'expect',
      'auto-audit:7',
    ])
  })

  it('R147: missing flags are unknown; an empty list means none', () => {
    expect([outcomeAndFact(without(aReturnRequest(), 'flags')), outcomeAndFact(aReturnRequest())]).toEqual([
      ['unsure', null],
      ['leave', 'no-mark'],
    ])
  })

  it('gives no verdict for a case that waits for others, is finished, or has no known status', () => {
    const statuses = ['awaiting-buyer-return', 'refunding', 'succeeded', 'closed', 'platform-handling'] as const
    for (const status of statuses) expect(verdictOn(aReturnRequest({ status: { status, raw: 'x' } }))).toBeUndefined()
    expect(verdictOn(without(aReturnRequest(), 'status'))).toBeUndefined()
  })
})

describe('R142: a case into which the platform has stepped', () => {
  const interventionStages: readonly DisputeStage[] = ['platform-intervened', 'evidence-wanted', 'evidence-given']
  it.each(Object.keys(DISPUTE_STAGES) as DisputeStage[])('R142: %s', (stage) => {
    const expected = interventionStages.includes(stage) ? ['expect', `dispute:${stage}`] : ['leave', 'no-mark']
    expect(outcomeAndFact(aReturnRequest({ dispute: { stage } }))).toEqual(expected)
  })
})

describe('R148: money that is on its way', () => {
  const onItsWay: readonly MoneyStage[] = ['advanced', 'refunding', 'refunded', 'recovered']
  it.each(Object.keys(MONEY_STAGES) as MoneyStage[])('R148: %s', (stage) => {
    const expected = onItsWay.includes(stage) ? ['expect', `money:${stage}`] : ['leave', 'no-mark']
    expect(outcomeAndFact(aReturnOnItsWay({ money: { stage }, flags: [] }))).toEqual(expected)
  })
  it('R148: advanced by the platform it stays at risk, for the platform wants it back', () => {
    const afterSale = caseOf(aReturnOnItsWay({ money: { stage: 'advanced', payer: 'platform' } }))
    expect([afterSale.money?.payer, amountAtRiskOf(afterSale)]).toEqual(['platform', 29_999])
  })
})

it('a verdict names the revision of the case it judged, and when its fact was reported', () => {
  expect(verdictOn(aReturnRequest({ flags: ['auto-audit:7'] }))).toMatchObject({
    judged: { version: 1, revision: NOON, at: NOON + 3_600_000 },
    conditions: [{ known: NOON + 500 }],
  })
})
