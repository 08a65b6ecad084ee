import fc from 'fast-check'
import { HOUR, aRefundRequest, anyIdentity, caseAfter, reported } from '../../../../test/support/cases'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import type { DisputeStage } from '../glossary/rails'
import { DISPUTE_STAGES } from '../glossary/rails'
import { disputeRefund, disputeRefunds, intervened, interventions, interventionsAfterRejecting } from './disputes'
import { basisPointsOf, caseKeyOf } from './share'
import { METRICS } from './metric-terms'

let next = 0
const aCase = (...reports: Partial<Facets>[]): AfterSaleCase => {
  const identity = { ...anyIdentity, caseNumber: String((next += 1)) }
  return caseAfter(
    ...[aRefundRequest(), ...reports].map((facets, caseAtStages) => ({
      ...reported(caseAtStages * HOUR, facets),
      identity,
    })),
  )
}
const at = (...stages: DisputeStage[]): AfterSaleCase => aCase(...stages.map((stage) => ({ dispute: { stage } })))
const NONE: ReadonlySet<string> = new Set()

describe('R018, R072: a dispute refund', () => {
  it.each<[string, AfterSaleCase, string]>([
    ['no dispute is known', at(), 'unknown'],
    ['there was none', at('none'), 'false'],
    ['the merchant rejected, and nothing else happened', at('rejected'), 'false'],
    ['the platform has not ruled yet', at('platform-intervened'), 'unknown'],
    ['it ruled for the buyer', at('platform-intervened', 'ruled-for-buyer'), 'true'],
    ['it ruled for the merchant', at('platform-intervened', 'ruled-for-merchant'), 'false'],
    ['it was cancelled', at('platform-intervened', 'cancelled'), 'false'],
    ['the ruling was appealed and that is not decided', at('ruled-for-buyer', 'appealed'), 'true'],
    ['something was appealed, and no ruling is known', at('appealed'), 'unknown'],
  ])('where %s', (_what, afterSale, truth) => expect(disputeRefund(afterSale, NONE)).toBe(truth))

  it('R067: no longer counts once a liability appeal was won', () => {
    const [lost, saved] = [at('ruled-for-buyer'), at('ruled-for-buyer')]
    expect(disputeRefunds([lost, saved, at('none')], new Set([caseKeyOf(saved)]))).toEqual({
      numerator: 1,
      denominator: 3,
      unknown: 0,
    })
  })

  it('R018: is divided by the orders where they are given', () => {
    expect(disputeRefunds([at('ruled-for-buyer'), at()], NONE, 2_000)).toEqual({
      numerator: 1,
      denominator: 2_000,
      unknown: 1,
    })
  })
})

describe('R047: an intervention', () => {
  const stages: Readonly<Record<DisputeStage, string>> = {
    none: 'false',
    negotiating: 'false',
    rejected: 'false',
    'platform-intervened': 'true',
    'evidence-wanted': 'true',
    'evidence-given': 'true',
    'ruled-for-buyer': 'true',
    'ruled-for-merchant': 'true',
    cancelled: 'true',
    appealed: 'unknown',
    decided: 'unknown',
  }
  it.each(Object.keys(DISPUTE_STAGES) as DisputeStage[])('at the stage %s', (stage) =>
    expect(intervened(at(stage))).toBe(stages[stage]),
  )

  it('counts also where the intervention is over', () => {
    expect(interventions([at('platform-intervened', 'none'), at('none'), at()])).toEqual({
      numerator: 1,
      denominator: 2,
      unknown: 1,
    })
  })

  it('R090: after a rejection is counted of the rejected, and only afterwards', () => {
    const cases = [
      at('rejected', 'platform-intervened'),
      at('rejected', 'none'),
      at('platform-intervened', 'rejected'),
      at('none'),
      at(),
    ]
    expect(interventionsAfterRejecting(cases)).toEqual({ numerator: 1, denominator: 3, unknown: 0 })
  })
})

it('R018, R047: figures do not depend on the order of cases, and every case is counted somewhere', () => {
  const pool = (Object.keys(DISPUTE_STAGES) as DisputeStage[])
    .map((stage) => at(stage))
    .concat([at(), at('rejected', 'ruled-for-buyer')])
  fc.assert(
    fc.property(fc.shuffledSubarray(pool), (cases) => {
      for (const figure of [(all: AfterSaleCase[]) => disputeRefunds(all, NONE), interventions]) {
        const { numerator, denominator, unknown } = figure(cases)
        expect(denominator + unknown).toBe(cases.length)
        expect(numerator).toBeLessThanOrEqual(denominator)
        expect(figure([...cases].reverse())).toEqual({ numerator, denominator, unknown })
      }
    }),
  )
})

it.each([
  [1, 3, 3_333],
  [0, 5, 0],
  [5, 5, 10_000],
  [0, 0, undefined],
])('R018: %i of %i is %s hundredths of a per cent', (numerator, denominator, points) => {
  expect(basisPointsOf({ numerator, denominator })).toBe(points)
})

it('R018: every figure states in both languages what it counts, and by which rules', () => {
  for (const { zh, en, counts, rules } of Object.values(METRICS)) {
    expect([zh, counts.zh].every((text) => /\p{Script=Han}/u.test(text))).toBe(true)
    expect([en, counts.en].every((text) => /^[\x20-\x7e]+$/.test(text))).toBe(true)
    expect(rules.length).toBeGreaterThan(0)
  }
})
