import { highestOf, pathOf } from './chart-points'

describe('a chart', () => {
  it.each([
    [[], 1],
    [[0, null], 1],
    [[3, 7], 10],
    [[0.04], 0.05],
    [[1_200], 2_000],
  ])('of %j ends at %d', (values, top) => expect(highestOf(values)).toBeCloseTo(top, 10))

  it('has a gap where there is no value, and not 0', () => {
    const same = (n: number): number => n
    expect(pathOf([1, 2, null, 0, null, 5], same, same)).toBe('M0.0 1.0L1.0 2.0M3.0 0.0M5.0 5.0')
  })
})
