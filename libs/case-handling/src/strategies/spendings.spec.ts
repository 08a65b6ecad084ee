import { answerOf, requestOf } from '../../../../test/support/action-commands'
import { HOUR, NOON, aRefundRequest, caseAfter, given, reported } from '../../../../test/support/cases'
import type { Command } from '#after-sale'
import { diffSpendings } from './spendings'

const opened = reported(0, aRefundRequest())
const byStrategy = {
  ...requestOf('approve-refund'),
  by: { kind: 'strategy', id: '5', version: 3 },
  budgetLeft: 100_000,
} as Command
const change = (before: readonly Command[], after: readonly Command[]) => ({
  ...{ id: 'c', org: 1, store: 7, at: NOON + HOUR },
  before: given(opened, ...before),
  after: caseAfter(opened, ...after),
})

describe('a spending', () => {
  it('is booked, with the deciding version, when a strategy decides on an action', () => {
    expect(diffSpendings([change([], [byStrategy])])).toMatchObject([
      { strategy: 5, store: 7, amount: 8_900, version: 3 },
    ])
  })
  it('is released, without a version, when the marketplace refuses the action', () => {
    const [released, ...others] = diffSpendings([
      change([byStrategy], [byStrategy, answerOf({ type: 'refused', code: '1' })]),
    ])
    expect(others).toEqual([])
    expect(released).toMatchObject({ strategy: 5, amount: -8_900 })
    expect(released).not.toHaveProperty('version')
  })
  it('is not booked when a person decides', () => {
    expect(diffSpendings([change([], [requestOf('approve-refund')])])).toEqual([])
  })
})
