import type { Facets, StoreTerms, Verdict } from '#after-sale'
import { weekOf } from '#after-sale'
import { aReturnRequest, caseOf, conditionIn, subjectOf } from '../../../../test/support/return-cases'
import { appliedOffDuty } from './applied-off-duty'

const office: Partial<StoreTerms> = { week: weekOf([{ from: 540, to: 1080 }], [1, 2, 3, 4, 5]) }
const at = (china: string): number => Date.parse(`${china}+08:00`)
const judged = (
  applied: number | null,
  holidays: 'closed' | 'as-usual' = 'closed',
  facets: Partial<Facets> = {},
): Verdict | undefined => appliedOffDuty.judge(subjectOf(caseOf(aReturnRequest(facets), applied), office), { holidays })

describe('R165: agree to a return that was applied for off duty, at a store that works 09:00–18:00 from Monday to Friday', () => {
  it.each<[string, string, string, string]>([
    ['2026-11-23T08:59:59.999', 'act', 'act', 'a moment before it opens'],
    ['2026-11-23T09:00:00', 'leave', 'leave', 'as it opens'],
    ['2026-11-23T17:59:59.999', 'leave', 'leave', 'a moment before it closes'],
    ['2026-11-23T18:00:00', 'act', 'act', 'as it closes'],
    ['2026-11-22T12:00:00', 'act', 'act', 'on a Sunday'],
    ['2026-10-05T12:00:00', 'act', 'leave', 'on a holiday'],
    ['2026-10-10T12:00:00', 'leave', 'act', 'on a make-up Saturday'],
    ['2027-03-03T12:00:00', 'unsure', 'leave', 'on a Wednesday of a year that is not published'],
    ['2027-03-03T23:00:00', 'act', 'act', 'in the night of that day'],
  ])('R165: %s → %s (%s where holidays are worked): %s', (applied, closed, asUsual) => {
    expect([judged(at(applied))?.outcome, judged(at(applied), 'as-usual')?.outcome]).toEqual([closed, asUsual])
  })

  it('R165: not knowing when it was applied for, a person decides', () => {
    expect(judged(null)).toMatchObject({ outcome: 'unsure', conditions: [{ found: null, wanted: 'off-duty' }, {}] })
  })

  it('R165: says that a year is not published, where that is why it is unknown', () => {
    expect(conditionIn(judged(at('2027-03-03T12:00:00')), 'appliedInOffHours')).toMatchObject({
      truth: 'unknown',
      wanted: 'holidays-unpublished',
    })
  })

  it('R165: hours are those of the store’s own zone', () => {
    const verdictAbroad = appliedOffDuty.judge(
      subjectOf(caseOf(aReturnRequest(), at('2026-11-23T12:00:00')), { ...office, zoneMinutes: -300 }),
      { holidays: 'closed' },
    )
    expect(verdictAbroad?.outcome).toBe('act')
  })

  it('R165, R161: it is the time of the application that counts, and only returns that wait for the merchant’s word', () => {
    expect(judged(at('2026-11-22T12:00:00'))?.action).toEqual({ name: 'approve-return', addressId: '88' })
    expect(judged(at('2026-11-22T12:00:00'), 'closed', { kind: { kind: 'refund-only' } })).toBeUndefined()
    expect(
      judged(at('2026-11-22T12:00:00'), 'closed', { status: { status: 'awaiting-merchant-receipt', raw: '11' } }),
    ).toBeUndefined()
  })
})
