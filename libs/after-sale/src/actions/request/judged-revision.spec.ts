import fc from 'fast-check'
import { property } from '../../../../../test/property'
import { sampleActions, asking } from '../../../../../test/support/action-commands'
import { HOUR, NOON, SECOND, aRefundRequest, given, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import type { Command } from '../../commands'
import { decide } from '../../decide'
import { evolve } from '../../evolve'
import type { Actor } from '../intents/intent'
import type { ActionName, Way } from '../action-names'

const reasonOf = (afterSale: AfterSaleCase | undefined, judged: number): string => {
  const decision = decide(afterSale, asking('add-remark', { judged }))
  return decision.type === 'refused' ? decision.reason : 'decided'
}
const YEAR_2099 = Date.parse('2099-12-31T00:00:00Z')

describe('A2: an action rests on the revision that the case shows', () => {
  const afterSale = given(
    reported(0, aRefundRequest()),
    reported(10 * SECOND, aRefundRequest({ reason: { text: '质量问题' } })),
  )
  it.each<[string, number, string]>([
    ['the one that it shows', NOON + 10 * SECOND, 'decided'],
    ['one that it has shown before', NOON, 'JudgedOldRevision'],
    ['one between the two', NOON + 5 * SECOND, 'JudgedOldRevision'],
    ['a millisecond before it', NOON + 10 * SECOND - 1, 'JudgedOldRevision'],
    ['a millisecond after it', NOON + 10 * SECOND + 1, 'JudgedUnseenRevision'],
    ['the time of our own clock', NOON + HOUR, 'JudgedUnseenRevision'],
    ['one in the far future', YEAR_2099, 'JudgedUnseenRevision'],
    ['none', 0, 'JudgedOldRevision'],
    ['a negative number', -1, 'JudgedOldRevision'],
    ['no number', NaN, 'JudgedUnseenRevision'],
    ['no finite number', Infinity, 'JudgedUnseenRevision'],
  ])('%s', (_, judged, outcome) => {
    expect(reasonOf(afterSale, judged)).toBe(outcome)
  })

  it('this applies to strategies, too', () => {
    const by = { kind: 'strategy', id: '1', version: 1 } as const
    const decision = decide(afterSale, asking('approve-refund', { by, judged: YEAR_2099, budgetLeft: 1e9 }))
    expect(decision).toEqual({ type: 'refused', reason: 'JudgedUnseenRevision' })
  })
})

/** What a client may send as the revision that it has seen. */
type Taken = 'shown now' | 'shown before' | 'between' | 'just after' | 'far future' | number

const reports = fc.integer({ min: 0, max: 9 }).map((n) => ({ revision: n * SECOND }))
const requests = fc.record({
  taken: fc.oneof(
    fc.constantFrom<Taken>('shown now', 'shown now', 'shown before', 'between', 'just after', 'far future'),
    fc.constantFrom<Taken>(0, -1, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
    fc.integer({ min: -SECOND, max: 10 * SECOND }).map((n): Taken => NOON + n),
  ),
  intent: fc.integer({ min: 0, max: 99 }).map((n) => `i-${n}`),
  action: fc.constantFrom<ActionName[]>('approve-refund', 'add-remark', 'negotiate', 'send-small-payment'),
  way: fc.constantFrom<Way[]>('API', 'ASSISTED'),
  by: fc.constantFrom<Actor[]>({ kind: 'person', id: 'lin' }, { kind: 'strategy', id: '1', version: 1 }),
})

function takenFrom(afterSale: AfterSaleCase | undefined, shown: ReadonlySet<number>, taken: Taken): number {
  const now = afterSale?.lastSeen?.revision ?? 0
  switch (taken) {
    case 'shown now':
      return now
    case 'shown before':
      return Math.min(...shown, now)
    case 'between':
      return now - SECOND / 2
    case 'just after':
      return now + 1
    case 'far future':
      return YEAR_2099
    default:
      return taken
  }
}

it('A2: no history has an intent with a revision that its case did not show when it was written', async () => {
  let intended = 0
  await property(fc.array(fc.oneof(reports, requests), { minLength: 2, maxLength: 20 }), (history) => {
    let afterSale = given(reported(0, aRefundRequest()))
    const shown = new Set([NOON])
    for (const one of history) {
      const command: Command =
        'revision' in one
          ? reported(one.revision, aRefundRequest({ reason: { text: String(one.revision) } }))
          : asking(one.action, {
              ...one,
              action: sampleActions[one.action],
              judged: takenFrom(afterSale, shown, one.taken),
              budgetLeft: 1e9,
            })
      const decision = decide(afterSale, command)
      if (decision.type === 'refused') continue
      if (command.type === 'RecordObservation') shown.add(command.stamp.revision)
      for (const event of decision.events) {
        if (event.type === 'ActionIntended') {
          intended++
          expect(event.judged).toBe(afterSale?.lastSeen?.revision)
          expect([...shown]).toContain(event.judged)
        }
        afterSale = evolve(afterSale, event)
      }
      for (const effect of decision.effects)
        if (effect.type === 'Perform') expect(effect.judged).toBe(afterSale?.lastSeen?.revision)
    }
  })
  // Usually some forty; with none nothing would be proved.
  expect(intended).toBeGreaterThan(5)
})
