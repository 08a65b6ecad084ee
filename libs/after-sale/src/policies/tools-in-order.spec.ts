import { plainTerms } from '../../../../test/support/action-commands'
import { HOUR, NOON, SECOND, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { ActionFacts } from '../actions/facts/facts'
import { GUARDS } from '../actions/guards/guards'
import type { Command } from '../commands'
import type { Facets } from '../facets'
import { DEFAULT_NEGOTIATION } from '../negotiation/terms'
import { chosenOf, judge, type ArmedStrategy } from './line-up'
import type { PolicyName } from './framework/policy-names'
import type { Subject } from './framework/subject'

const armed = (policy: PolicyName, settings: unknown): ArmedStrategy => ({
  reference: { id: policy, version: 1 },
  policy,
  settings,
  mode: 'live',
})
const allStrategies: readonly ArmedStrategy[] = [
  armed('smallPaymentMaySettle', { upTo: 30_000 }),
  armed('exchangeComesFirst', { reasons: ['wrong-goods'], freightUpTo: 1_500 }),
  armed('parcelMayBeRefused', { upTo: 30_000 }),
  armed('parcelCanBeIntercepted', { worthFrom: 0 }),
]
const terms = {
  ...plainTerms,
  negotiation: DEFAULT_NEGOTIATION,
  refusalCategories: ['shoes'],
  reasons: [{ words: '发错', class: 'wrong-goods' }] as const,
}
const parcels = [{ direction: 'out', tracking: 'SF1', carrier: 'SF' }] as const
const knownFacts: ActionFacts = {
  category: 'shoes',
  chatExists: true,
  shippedAt: NOON,
  agreedPayment: 500,
  smallPaid: 0,
  replacementAtHand: true,
  rounds: [],
}
const shipped: Partial<Facets> = {
  goods: { stage: 'in-transit', parcels },
  reason: { text: '商家发错货' },
  order: { orderNumber: '1', lines: [{ lineId: '1', paid: 8900 }] },
}
const arrived: Command = reported(SECOND, { goods: { stage: 'delivered', parcels } })
const subjectAt = (now: number, facts: ActionFacts, ...more: Command[]): Subject => {
  const afterSale = caseAfter(reported(0, aRefundRequest(shipped)), ...more)
  return { afterSale, terms, now, facts }
}

describe('R001, R005, R085, R011, R147: with every tool at hand, in whatever order they were armed', () => {
  it.each<[string, Subject, PolicyName]>([
    ['a parcel just shipped is caught', subjectAt(NOON + HOUR, knownFacts), 'parcelCanBeIntercepted'],
    ['a parcel that cannot be caught may be refused', subjectAt(NOON + 25 * HOUR, knownFacts), 'parcelMayBeRefused'],
    ['goods that arrived are exchanged first', subjectAt(NOON + 25 * HOUR, knownFacts, arrived), 'exchangeComesFirst'],
    [
      'goods that cannot be exchanged are settled by a payment',
      subjectAt(NOON + 25 * HOUR, { ...knownFacts, replacementAtHand: false }, arrived),
      'smallPaymentMaySettle',
    ],
  ])('%s', (_, subject, policy) => {
    const verdicts = judge(subject, allStrategies)
    const chosen = chosenOf(verdicts)
    expect(chosen?.policy).toBe(policy)
    expect(verdicts.filter((verdict) => verdict.chosen)).toHaveLength(1)
    // What a policy requests is not stopped by any guard with the same facts.
    const { afterSale, now, facts = {} } = subject
    const action = chosen?.action
    const objections =
      action && GUARDS[action.name]?.flatMap((guard) => guard({ afterSale, action, facts, terms, now }))
    expect(objections).toEqual([])
  })

  it('no policy acts if nothing is known but the case itself', () => {
    for (const now of [NOON + HOUR, NOON + 25 * HOUR])
      for (const more of [[], [arrived]]) {
        const { facts: _known, ...bare } = subjectAt(now, {}, ...more)
        expect(chosenOf(judge(bare, allStrategies))).toBeUndefined()
      }
  })
})
