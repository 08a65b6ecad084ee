import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { AfterSaleCase } from '../case'
import type { GoodsStage } from '../glossary/rails'
import { groupAnswerOf, groupFormationOf, groupFormedOf } from './group'
import { DEFAULT_GROUP as terms } from './terms'

const DAY = 24 * HOUR

describe('R109: whether the group of an order is formed', () => {
  const caseWith = (stage: GoodsStage | undefined): AfterSaleCase =>
    caseAfter(reported(0, aRefundRequest(stage === undefined ? {} : { goods: { stage, parcels: [] } })))
  it.each<[string, GoodsStage | undefined, boolean | undefined, string]>([
    ['the order says so', 'not-shipped', true, 'true'],
    ['the order says that it is not', 'not-shipped', false, 'false'],
    ['nothing is known and nothing was shipped', 'not-shipped', undefined, 'unknown'],
    ['nothing is known at all', undefined, undefined, 'unknown'],
    ['unknown, but the goods are in transit', 'in-transit', undefined, 'true'],
    ['unknown, but the goods arrived', 'delivered', undefined, 'true'],
  ])('%s', (_, stage, formed, expected) => expect(groupFormedOf(caseWith(stage), formed)).toBe(expected))
})

describe('R111: a group that does not form in a day is given its money back by the platform', () => {
  it('a day after it was opened, where the platform names no time', () => {
    expect(groupFormationOf({ openedAt: NOON }, terms)).toEqual({
      due: NOON + DAY,
      source: 'DERIVED',
      rule: 'R111',
      onBreach: 'platform-refunds',
    })
  })

  it('at the platform’s own time, where it names one', () => {
    expect(groupFormationOf({ openedAt: NOON, formsUntil: NOON + HOUR }, terms)).toMatchObject({
      due: NOON + HOUR,
      source: 'OBSERVED',
    })
  })

  it('not once it has formed', () =>
    expect(groupFormationOf({ openedAt: NOON, formedAt: NOON + 1 }, terms)).toBeUndefined())

  it.each([
    ['a moment before the day is over', {}, NOON + DAY - 1, 'wait-for-group'],
    ['when the day is over', {}, NOON + DAY, 'platform-refunds'],
    ['a moment before it forms', { formedAt: NOON + HOUR }, NOON + HOUR - 1, 'wait-for-group'],
    ['when it forms (R109)', { formedAt: NOON + HOUR }, NOON + HOUR, 'may-apply'],
    ['after it formed late', { formedAt: NOON + DAY + 1 }, NOON + DAY + 1, 'may-apply'],
  ] as const)('what to tell the buyer %s', (_, facts, now, answer) => {
    expect(groupAnswerOf({ openedAt: NOON, ...facts }, terms, now)).toBe(answer)
  })
})
