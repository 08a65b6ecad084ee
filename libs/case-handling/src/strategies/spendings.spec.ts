import { answering, asking } from '../../../../test/support/action-commands'
import { HOUR, NOON, aRefundRequest, caseAfter, given, reported } from '../../../../test/support/cases'
import type { Command } from '#after-sale'
import { spendingsBetween } from './spendings'

const opened = reported(0, aRefundRequest())
const byStrategy = {
  ...asking('approve-refund'),
  by: { kind: 'strategy', id: '5', version: 3 },
  budgetLeft: 100_000,
} as Command
const change = (before: readonly Command[], after: readonly Command[]) => ({
  ...{ id: 'c', org: 1, store: 7, at: NOON + HOUR },
  before: given(opened, ...before),
  after: caseAfter(opened, ...after),
})

describe('what a batch spends of a budget', () => {
  it('counts against the cap where it is decided in it, by the version that decides', () => {
    expect(spendingsBetween([change([], [byStrategy])])).toMatchObject([
      { strategy: 5, store: 7, amount: 8_900, version: 3 },
    ])
  })
  it('is released without counting against anything where the marketplace refuses', () => {
    const [back, ...others] = spendingsBetween([
      change([byStrategy], [byStrategy, answering({ type: 'refused', code: '1' })]),
    ])
    expect(others).toEqual([])
    expect(back).toMatchObject({ strategy: 5, amount: -8_900 })
    expect(back).not.toHaveProperty('version')
  })
  it('is nothing where a person decides', () => {
    expect(spendingsBetween([change([], [asking('approve-refund')])])).toEqual([])
  })
})
