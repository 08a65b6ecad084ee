import fc from 'fast-check'
import { HOUR, NOON } from '../../../../test/support/cases'
import { closeAllowedAt, closeService, hasService, openService, spanAt } from './service-spans'
import type { ServiceSpan } from './store-terms'

const closedAtNoon: readonly ServiceSpan[] = [{ from: NOON - 48 * HOUR, until: NOON }]

describe('the advance refund service', () => {
  it('R149, R155: is on from the moment it was opened, and not a moment before', () => {
    const spans = [{ from: NOON }]
    expect([NOON - 1, NOON].map((now) => [hasService(spans, {}, now), spanAt(spans, now)])).toEqual([
      ['false', undefined],
      ['true', { from: NOON }],
    ])
  })

  it('R157: is off from the moment it was closed', () => {
    expect([spanAt(closedAtNoon, NOON - 1), spanAt(closedAtNoon, NOON)]).toEqual([closedAtNoon[0], undefined])
  })

  it.each([
    ['paid a moment before the closing', NOON - 1, 'true'],
    ['paid at the closing', NOON, 'false'],
    ['paid after it', NOON + HOUR, 'false'],
    ['paid before it was ever opened', NOON - 99 * HOUR, 'true'],
  ] as const)('R158: an order %s keeps it: %s', (_, paidAt, hasServiceStill) => {
    expect(hasService(closedAtNoon, { earliest: paidAt, latest: paidAt }, NOON + 24 * HOUR)).toBe(hasServiceStill)
  })

  it.each([
    ['known to be paid before the closing', { latest: NOON - 1 }, 'true'],
    ['perhaps paid before, perhaps after', { latest: NOON + HOUR }, 'unknown'],
    ['known to be paid after the closing', { earliest: NOON, latest: NOON + HOUR }, 'false'],
    ['of which nothing is known', {}, 'unknown'],
  ] as const)('R158: an order %s: %s', (_, paid, hasServiceStill) =>
    expect(hasService(closedAtNoon, paid, NOON + 24 * HOUR)).toBe(hasServiceStill),
  )

  it('R158: closing and re-opening: on now is on for every order', () => {
    expect(
      hasService([...closedAtNoon, { from: NOON + HOUR }], { earliest: NOON, latest: NOON }, NOON + 2 * HOUR),
    ).toBe('true')
  })

  it('a closing that is still to come is not known yet', () => {
    expect(hasService(closedAtNoon, {}, NOON - 1)).toBe('true')
  })

  it('R155: cannot be closed within 24 hours of opening', () => {
    const spans = [{ from: NOON }]
    expect(closeAllowedAt(spans, NOON)).toBe(NOON + 24 * HOUR)
    expect(closeService(spans, NOON + 24 * HOUR - 1)).toEqual({
      type: 'refused',
      reason: 'LockedUntil',
      until: NOON + 24 * HOUR,
    })
    expect(closeService(spans, NOON + 24 * HOUR)).toEqual({
      type: 'switched',
      spans: [{ from: NOON, until: NOON + 24 * HOUR }],
    })
  })

  it('R157: may be re-opened at once, and is locked again from then on', () => {
    const reopened = openService(closedAtNoon, NOON)
    expect(reopened).toEqual({ type: 'switched', spans: [...closedAtNoon, { from: NOON }] })
    expect(closeAllowedAt([...closedAtNoon, { from: NOON }], NOON + HOUR)).toBe(NOON + 24 * HOUR)
  })

  it('R155, R157: is not opened twice, nor closed twice', () => {
    expect(openService([{ from: NOON }], NOON + HOUR)).toEqual({ type: 'refused', reason: 'AlreadyOn' })
    expect(closeService(closedAtNoon, NOON + HOUR)).toEqual({ type: 'refused', reason: 'AlreadyOff' })
    expect(closeAllowedAt(closedAtNoon, NOON + HOUR)).toBeUndefined()
  })

  it('R155, R158: has no overlapping spans and none shorter than the lock, however it is switched; a known time of payment is decisive', () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 40 })), { maxLength: 30 })
    fc.assert(
      fc.property(steps, fc.integer({ min: -10, max: 1_300 }), (history, paidAfter) => {
        let spans: readonly ServiceSpan[] = []
        let now = NOON
        for (const [open, hours] of history) {
          now += hours * HOUR
          const switched = open ? openService(spans, now) : closeService(spans, now)
          if (switched.type === 'switched') spans = switched.spans
        }
        spans.forEach(({ from, until }, i) => {
          if (until !== undefined) expect(until - from).toBeGreaterThanOrEqual(24 * HOUR)
          if (i > 0) expect(spans[i - 1]?.until).toBeLessThanOrEqual(from)
        })
        const paidAt = NOON + paidAfter * HOUR
        const answer = hasService(spans, { earliest: paidAt, latest: paidAt }, now)
        expect(answer).toBe(
          spanAt(spans, now) !== undefined || spans.some(({ until }) => paidAt < (until ?? 0)) ? 'true' : 'false',
        )
      }),
    )
  })
})
