import { clockText, spanText, urgencyOf } from './remaining'

const HOUR = 3_600_000
const words = { day: 'd', hour: 'h', minute: 'min', second: 's' }

describe('urgencyOf, clockText and spanText', () => {
  it.each([
    [-1, 'overdue'],
    [0, 'overdue'],
    [4 * HOUR - 1, 'red'],
    [4 * HOUR, 'amber'],
    [24 * HOUR - 1, 'amber'],
    [24 * HOUR, 'calm'],
  ])('%d ms before the due time the urgency is %s', (left, urgency) => {
    expect(urgencyOf(1_000_000_000 + left, 1_000_000_000)).toBe(urgency)
  })

  it('clockText shows hours, minutes and seconds, and days only if there are any', () => {
    expect(clockText(4 * HOUR + 12 * 60_000 + 9_999, '天')).toBe('04:12:09')
    expect(clockText(52 * HOUR, '天')).toBe('2天 04:00:00')
  })

  it('spanText shows the two largest parts', () => {
    expect(spanText(-(2 * HOUR + 13 * 60_000 + 5_000), words)).toBe('2 h 13 min')
    expect(spanText(76 * HOUR, words)).toBe('3 d 4 h')
    expect(spanText(72 * HOUR, words)).toBe('3 d')
    expect(spanText(59_999, words)).toBe('59 s')
  })

  it('spanText shows only the largest part of a coarse span', () => {
    expect(spanText(76 * HOUR, words, true)).toBe('3 d')
    expect(spanText(2 * HOUR + 13 * 60_000, words, true)).toBe('2 h')
    expect(spanText(13 * 60_000, words, true)).toBe('13 min')
  })
})
