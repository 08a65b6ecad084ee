import * as fc from 'fast-check'
import type { Verdict } from '#after-sale'
import type { Findings } from './backtest-report'
import { countCase, emptyFindings, buildReport } from './backtest-report'
import type { TriedCase } from './try-case'

const RANGE = { from: 0, to: 1_000 }
/** A verdict not to act, because of one condition. */
const undecided: fc.Arbitrary<Verdict> = fc.record({
  policy: fc.constantFrom('appliedOffDuty', 'exchangeComesFirst'),
  outcome: fc.constantFrom('leave', 'unsure'),
  strategy: fc.constant({ id: '1', version: 1 }),
  rules: fc.constant([]),
  judged: fc.constant({ version: 1, revision: 0, at: 0 }),
  conditions: fc.tuple(
    fc.record({
      claim: fc.constantFrom('ab', 'b'),
      rule: fc.constantFrom('R001', 'R002'),
      truth: fc.constantFrom('false', 'unknown'),
      found: fc.constant(1),
      wanted: fc.constant(2),
    }),
  ),
}) as fc.Arbitrary<Verdict>
const triedCase: fc.Arbitrary<TriedCase> = fc.record({
  caseNumber: fc.integer({ min: 0, max: 999_999 }).map(String),
  store: fc.constantFrom('1', '2', '10'),
  marketplace: fc.constant('douyin'),
  says: fc.constantFrom('approve', 'reject', 'unsure', 'silent'),
  verdicts: fc.array(undecided, { maxLength: 2 }),
  refused: fc.constantFrom([], ['not-our-turn'], ['under-way']) as fc.Arbitrary<TriedCase['refused']>,
  amount: fc.integer({ min: 0, max: 500 }),
  happened: fc.constantFrom('agreed', 'rejected', 'still-open'),
  through: fc.constantFrom('people', 'nobody'),
  disputed: fc.boolean(),
  deadlines: fc.constant({ really: { met: 1, missed: 0 }, tried: { met: 0, missed: 1 } }),
  looks: fc.nat(3),
})

const findingsFor = (cases: readonly TriedCase[]): Findings => {
  const findings = emptyFindings()
  for (const triedCaseToAdd of cases) countCase(findings, triedCaseToAdd)
  return findings
}

describe('the report of a backtest', () => {
  it('is the same text in whatever order and parts the cases were read', () => {
    const cases = fc.uniqueArray(triedCase, {
      selector: (triedCaseToAdd) => `${triedCaseToAdd.store}/${triedCaseToAdd.caseNumber}`,
      maxLength: 60,
    })
    const shuffled = cases.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.nat(list.length)),
    )
    fc.assert(
      fc.property(shuffled, ([list, inAnotherOrder, cut]) => {
        const parts = [inAnotherOrder.slice(0, cut), inAnotherOrder.slice(cut)].map(findingsFor)
        expect(JSON.stringify(buildReport(parts, RANGE))).toBe(JSON.stringify(buildReport([findingsFor(list)], RANGE)))
      }),
    )
  })
})
