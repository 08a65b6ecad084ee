import { requestOf } from '../../../../../test/support/action-commands'
import { NOON, aRefundRequest, given, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import type { Command } from '../../commands'
import { decide } from '../../decide'

const opened = reported(0, aRefundRequest())
const reasonOf = (afterSale: AfterSaleCase | undefined, command: Command): string => {
  const decision = decide(afterSale, command)
  return decision.type === 'refused' ? decision.reason : 'decided'
}

describe('a fact that a person attests', () => {
  const attesting = (facts: object): Command => ({
    type: 'AttestFacts',
    facts,
    by: { kind: 'person', id: 'lin' },
    now: NOON,
  })
  it('is valid until another value is attested, and is not recorded twice', () => {
    const afterSale = given(opened, attesting({ chatExists: true, category: '服饰' }), attesting({ chatExists: false }))
    expect(afterSale?.facts).toEqual({ chatExists: false, category: '服饰' })
    expect(decide(afterSale, attesting({ category: '服饰' }))).toEqual({ type: 'decided', events: [], effects: [] })
    expect(reasonOf(undefined, attesting({}))).toBe('NoSuchCase')
  })
})

describe('R146: while the platform handles a case', () => {
  const intervenedCase = given(reported(0, aRefundRequest({ dispute: { stage: 'platform-intervened' } })))
  it.each([
    ['approve-refund', 'decided'],
    ['reject', 'PlatformDecides'],
  ] as const)('%s: %s', (name, outcome) => {
    expect(reasonOf(intervenedCase, requestOf(name))).toBe(outcome)
  })
})
