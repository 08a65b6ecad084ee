import { asking } from '../../../../../test/support/action-commands'
import { NOON, aRefundRequest, given, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import type { Command } from '../../commands'
import { decide } from '../../decide'

const opened = reported(0, aRefundRequest())
const reasonOf = (afterSale: AfterSaleCase | undefined, command: Command): string => {
  const decision = decide(afterSale, command)
  return decision.type === 'refused' ? decision.reason : 'decided'
}

describe('facts that people attest', () => {
  const tell = (facts: object): Command => ({
    type: 'AttestFacts',
    facts,
    by: { kind: 'person', id: 'lin' },
    now: NOON,
  })
  it('is valid until another is attested, and what is known is not recorded twice', () => {
    const afterSale = given(opened, tell({ chatExists: true, category: '服饰' }), tell({ chatExists: false }))
    expect(afterSale?.facts).toEqual({ chatExists: false, category: '服饰' })
    expect(decide(afterSale, tell({ category: '服饰' }))).toEqual({ type: 'decided', events: [], effects: [] })
    expect(reasonOf(undefined, tell({}))).toBe('NoSuchCase')
  })
})

describe('R146: while the platform handles a case', () => {
  const handled = given(reported(0, aRefundRequest({ dispute: { stage: 'platform-intervened' } })))
  it.each([
    ['approve-refund', 'decided'],
    ['reject', 'PlatformDecides'],
  ] as const)('%s: %s', (name, outcome) => {
    expect(reasonOf(handled, asking(name))).toBe(outcome)
  })
})
