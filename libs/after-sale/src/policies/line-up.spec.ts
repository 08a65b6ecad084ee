import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { AfterSaleCase, Facets, PolicyName, StoreTerms, Verdict } from '#after-sale'
import { weekOf } from '#after-sale'
import { HOUR, NOON } from '../../../../test/support/cases'
import { DAY, aReturnOnItsWay, aReturnRequest, caseOf, subjectOf, without } from '../../../../test/support/return-cases'
import type { ArmedStrategy } from './line-up'
import { LINE_UP, chosenOf, judge } from './line-up'
import { POLICIES } from './policies'

let next = 0
const armed = (
  policy: PolicyName,
  settings: unknown = POLICIES[policy].shape?.defaults,
  mode: ArmedStrategy['mode'] = 'live',
): ArmedStrategy => ({
  reference: { id: `${policy}-${next++}`, version: 1 },
  policy,
  settings,
  mode,
})
const anyReason = { reasons: [], codes: [], matchesAllConfirmed: true }
const sevenDays = armed('withinSevenDaysOfDelivery')
const chosenReasons = armed('returnReasonIsChosen', anyReason)
const offDuty = armed('appliedOffDuty')
const warehouse = armed('warehouseAcceptedGoods')
const assistant = [warehouse, offDuty, chosenReasons, sevenDays]

const neverOpen: Partial<StoreTerms> = { week: weekOf([]) }
const service: Partial<StoreTerms> = { advanceRefund: [{ from: NOON - 30 * DAY }] }
const outcomesOf = (verdicts: readonly Verdict[]) =>
  verdicts.map(({ policy, outcome, chosen }) => [policy, outcome, chosen === true])
const judged = (
  facets: Partial<Facets>,
  strategies: readonly ArmedStrategy[],
  overrides: Partial<StoreTerms> = neverOpen,
) => judge(subjectOf(caseOf(facets), overrides), strategies)

describe('R147: the order of handling', () => {
  it('R147: every policy has its place, once, the platform’s automation before all', () => {
    expect([...LINE_UP].sort()).toEqual(Object.keys(POLICIES).sort())
    expect(LINE_UP.slice(0, 2)).toEqual(['platformHandlesIt', 'platformAdvancesRefund'])
    for (const name of LINE_UP) expect(POLICIES[name].name).toBe(name)
  })

  it('every policy is judged by a spec beside it, not only by those of all policies', () => {
    const specs = readdirSync(__dirname)
      .filter((file) => file.endsWith('.spec.ts') && file !== 'line-up.spec.ts')
      .map((file) => readFileSync(join(__dirname, file), 'utf8'))
    const judgedBy = (spec: string, name: string): boolean =>
      spec.includes(`${name}.judge(`) || spec.includes(`POLICIES.${name}`) || spec.includes(`'${name}'`)
    const unproven = (names: readonly string[]): string[] =>
      names.filter((name) => !specs.some((spec) => judgedBy(spec, name)))
    expect(unproven(LINE_UP)).toEqual([])
    expect(unproven(['appliedOffDuty', 'aPolicyWithoutSpec'])).toEqual(['aPolicyWithoutSpec'])
  })

  it('R147: strategies judge cautious before generous, in whatever order they were armed; the first that acts is chosen, the others are traced', () => {
    const expected = [
      ['platformHandlesIt', 'leave', false],
      ['withinSevenDaysOfDelivery', 'act', true],
      ['returnReasonIsChosen', 'act', false],
      ['appliedOffDuty', 'act', false],
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(assistant, { minLength: 4 }), (strategies) =>
        expect(outcomesOf(judged(aReturnRequest(), strategies))).toEqual(expected),
      ),
    )
  })

  it('R147: if a narrow policy does not hold, the next one decides', () => {
    expect(outcomesOf(judged(aReturnRequest({ reason: { text: '质量问题' } }), assistant))).toEqual([
      ['platformHandlesIt', 'leave', false],
      ['withinSevenDaysOfDelivery', 'leave', false],
      ['returnReasonIsChosen', 'act', true],
      ['appliedOffDuty', 'act', false],
    ])
  })

  it('R147: if no policy acts, a person decides', () => {
    expect(chosenOf(judged(aReturnRequest({ reason: { text: '质量问题' } }), [sevenDays]))).toBeUndefined()
    expect(chosenOf(judged(aReturnRequest(), []))).toBeUndefined()
  })

  it('R147, R161: what the platform’s assistant decided is left alone, though every strategy would act', () => {
    const verdicts = judged(aReturnRequest({ flags: ['assistant:return-agreed', 'auto-audit:7'] }), assistant)
    expect(outcomesOf(verdicts)).toEqual([
      ['platformHandlesIt', 'expect', true],
      ['withinSevenDaysOfDelivery', 'act', false],
      ['returnReasonIsChosen', 'act', false],
      ['appliedOffDuty', 'act', false],
    ])
    expect(chosenOf(verdicts)?.action).toBeUndefined()
  })

  it('R147: an unknown decision of the platform blocks no policy', () => {
    expect(chosenOf(judged(without(aReturnRequest(), 'flags'), assistant))?.policy).toBe('withinSevenDaysOfDelivery')
  })

  it('names the strategy and the version that judged; the platform’s own automation has none', () => {
    const verdicts = judged(aReturnRequest(), [sevenDays])
    expect(verdicts.map(({ strategy }) => strategy)).toEqual([undefined, sevenDays.reference])
  })

  it('of two strategies of one policy the one armed first is chosen', () => {
    const quality = armed('returnReasonIsChosen', { reasons: ['quality'], codes: [], matchesAllConfirmed: false })
    const verdicts = judged(aReturnRequest({ reason: { text: '质量问题' } }), [quality, chosenReasons])
    expect(chosenOf(verdicts)?.strategy).toEqual(quality.reference)
  })

  it.each(['succeeded', 'closed'] as const)('a case that has %s is not judged', (status) => {
    expect(judged(aReturnRequest({ status: { status, raw: 'x' } }), assistant)).toEqual([])
  })
})

describe('a strategy in shadow', () => {
  const shadow = armed('withinSevenDaysOfDelivery', undefined, 'shadow')
  it('judges as it would live, is marked, never chosen, and blocks no other', () => {
    const verdicts = judged(aReturnRequest(), [{ ...shadow, settings: sevenDays.settings }, chosenReasons])
    expect(verdicts.map(({ policy, outcome, shadow, chosen }) => [policy, outcome, shadow, chosen])).toEqual([
      ['platformHandlesIt', 'leave', undefined, undefined],
      ['withinSevenDaysOfDelivery', 'act', true, undefined],
      ['returnReasonIsChosen', 'act', undefined, true],
    ])
  })
  it('R147: does not hide what the platform itself does', () => {
    const verdicts = judged(aReturnRequest({ flags: ['speed-refund'] }), [
      armed('platformHandlesIt', {}, 'shadow'),
      sevenDays,
    ])
    expect(verdicts.map(({ policy, shadow, chosen }) => [policy, shadow, chosen])).toEqual([
      ['platformHandlesIt', true, undefined],
      ['platformHandlesIt', undefined, true],
      ['withinSevenDaysOfDelivery', undefined, undefined],
    ])
  })
  it('changes no outcome of those that are live, whatever is in shadow', () => {
    const live = fc.subarray(assistant)
    fc.assert(
      fc.property(
        live,
        fc.subarray(assistant),
        fc.constantFrom(aReturnRequest(), aReturnOnItsWay(), aReturnRequest({ flags: ['auto-audit:7'] })),
        (live, shadowStrategies, facets) => {
          const shadows = shadowStrategies.map((strategy) => ({
            ...strategy,
            reference: { ...strategy.reference, version: 2 },
            mode: 'shadow' as const,
          }))
          const both = judged(facets, [...shadows, ...live]).filter((verdict) => verdict.shadow !== true)
          expect(both).toEqual(judged(facets, live))
        },
      ),
    )
  })
})

describe('R152, R148: the assistant feeds the advance refund', () => {
  const strategies = [sevenDays, armed('warehouseAcceptedGoods', { receivedIsEnough: true })]
  const chosen = (afterSale: AfterSaleCase, overrides = service, now = NOON + HOUR) => {
    const verdict = chosenOf(judge(subjectOf(afterSale, overrides, now), strategies))
    return verdict === undefined ? undefined : [verdict.policy, verdict.outcome, verdict.action?.name]
  }
  const arrived = {
    stage: 'received',
    parcels: [{ direction: 'back', tracking: 'YT2' }],
    deliveredAt: NOON - DAY,
  } as const

  it('R152: first the assistant agrees to the return, for the platform does not advance before that', () => {
    expect(chosen(caseOf(aReturnRequest({ flags: ['risk:ok'] })))).toEqual([
      'withinSevenDaysOfDelivery',
      'act',
      'approve-return',
    ])
  })
  it('R152: then the buyer’s number is verified, and the platform pays', () => {
    expect(chosen(caseOf(aReturnOnItsWay()))).toEqual(['platformAdvancesRefund', 'expect', 'approve-refund'])
  })
  it('R148: also where the goods are in the warehouse already, no policy pays in addition', () => {
    expect(chosen(caseOf(aReturnOnItsWay({ goods: arrived })))).toEqual([
      'platformAdvancesRefund',
      'expect',
      'approve-refund',
    ])
  })
  it.each([
    ['at 300 yuan', { order: { orderNumber: '1', lines: [{ lineId: '1', paid: 30_000 }] } }, service, NOON + HOUR],
    ['where the buyer did not pass the risk check', { flags: ['risk:abnormal'] }, service, NOON + HOUR],
    ['at a store without the service', {}, {}, NOON + HOUR],
    ['once the platform should have paid long ago', {}, service, NOON + DAY],
  ] as const)('R148, R164: %s it is the warehouse that settles it', (_, facets, overrides, now) => {
    expect(chosen(caseOf(aReturnOnItsWay({ goods: arrived, ...facets })), overrides, now)).toEqual([
      'warehouseAcceptedGoods',
      'act',
      'approve-refund',
    ])
  })
  it('R148: and once the platform has paid, a receipt confirmed by the warehouse pays nothing more', () => {
    const afterSale = caseOf(aReturnOnItsWay({ goods: arrived, money: { stage: 'advanced', payer: 'platform' } }))
    expect(chosen(afterSale, service, NOON + DAY)).toEqual(['platformHandlesIt', 'expect', undefined])
    const verdicts = judge(subjectOf(afterSale, service, NOON + DAY), strategies)
    expect(verdicts.find(({ policy }) => policy === 'warehouseAcceptedGoods')?.outcome).toBe('leave')
  })
})

describe('a verdict', () => {
  const CANARY = 'canary-of-the-buyer'
  const buyer = {
    sealed: CANARY,
    nameMask: CANARY,
    phoneMask: CANARY,
    nameHash: CANARY,
    phoneHash: CANARY,
    phoneTailHash: CANARY,
  }
  it('holds no personal data and not the buyer’s own words, survives being written and read, and judging changes nothing', () => {
    const words = fc.constantFrom(
      ...(['status', 'kind', 'reason', 'goods', 'flags', 'order', 'money', 'amounts'] as const),
    )
    fc.assert(
      fc.property(fc.array(words), fc.boolean(), (untold, back) => {
        const facets = without(
          { ...(back ? aReturnOnItsWay() : aReturnRequest()), buyer, reason: { text: `${CANARY}不想要了` } },
          ...untold,
        )
        const subject = subjectOf(caseOf(facets), service)
        const before = JSON.stringify(subject)
        const verdicts = judge(subject, assistant)
        expect([JSON.stringify(verdicts).includes(CANARY), JSON.stringify(subject)]).toEqual([false, before])
        expect(JSON.parse(JSON.stringify(verdicts))).toEqual(verdicts)
      }),
    )
  })
})
