import { appealBudgetOf, failedAppealsOf } from './appeal-budget'
import { DEFAULT_APPEAL_TERMS } from './terms'

const CHINA = 480
const at = (utc: string): number => Date.parse(utc)
const IN_NOVEMBER = at('2026-11-11T04:00:00Z')

describe('the budget of failures', () => {
  it.each([
    [0, 0, true, 4],
    [2, 2, true, 2],
    [3, 3, true, 1],
    [4, 4, false, 0],
    [5, 5, false, 0],
  ])('R061: %i failed this month, %i this year: open is %s, %i left', (month, year, open, left) => {
    expect(appealBudgetOf({ month, year }, IN_NOVEMBER, CHINA)).toMatchObject({ open, left })
  })

  it.each([
    [0, 9, true, 2],
    [0, 10, true, 1],
    [0, 11, false, 0],
  ])('R062: %i failed this month, %i this year: open is %s, %i left', (month, year, open, left) => {
    expect(appealBudgetOf({ month, year }, IN_NOVEMBER, CHINA)).toMatchObject({ open, left, rule: 'R062' })
  })

  it.each([
    ['R061: a used-up month opens with the next', { month: 4, year: 4 }, IN_NOVEMBER, '2026-12-01', 'R061'],
    [
      'R061: a used-up December opens with the new year',
      { month: 4, year: 4 },
      at('2026-12-31T15:59:59Z'),
      '2027-01-01',
      'R061',
    ],
    [
      'R062: a used-up year opens with the next, whatever the month',
      { month: 4, year: 11 },
      IN_NOVEMBER,
      '2027-01-01',
      'R062',
    ],
  ])('%s', (_what, failed, now, opens, rule) => {
    expect(appealBudgetOf(failed, now, CHINA)).toEqual({
      open: false,
      left: 0,
      rule,
      opensAt: at(`${opens}T00:00:00+08:00`),
    })
  })

  it('R061: the limit is a setting of the store', () => {
    const stricter = {
      ...DEFAULT_APPEAL_TERMS,
      failuresInMonth: { value: 0, rule: 'platform', from: '2027-01-01' },
    } as const
    expect(appealBudgetOf({ month: 0, year: 0 }, IN_NOVEMBER, CHINA, stricter).open).toBe(true)
    expect(appealBudgetOf({ month: 1, year: 1 }, IN_NOVEMBER, CHINA, stricter).open).toBe(false)
  })
})

describe('failures are counted by the calendar of the store', () => {
  it.each([
    ['R061: the last moment of October in China', '2026-10-31T15:59:59.999Z', { month: 0, year: 1 }],
    ['R061: the first moment of November in China', '2026-10-31T16:00:00Z', { month: 1, year: 1 }],
    ['R062: the last moment of last year in China', '2025-12-31T15:59:59.999Z', { month: 0, year: 0 }],
    ['R062: the first moment of this year in China', '2025-12-31T16:00:00Z', { month: 0, year: 1 }],
    ['R061: November of last year', '2025-11-11T04:00:00Z', { month: 0, year: 0 }],
  ])('%s', (_when, utc, failed) => {
    expect(failedAppealsOf([at(utc)], IN_NOVEMBER, CHINA)).toEqual(failed)
  })

  it('R061: a month is not thirty days', () => {
    expect(failedAppealsOf([at('2026-10-31T00:00:00Z')], at('2026-11-01T04:00:00Z'), CHINA)).toEqual({
      month: 0,
      year: 1,
    })
  })
})
