import fc from 'fast-check'
import { property } from '../../../../../test/property'
import { sampleActions, requestOf } from '../../../../../test/support/action-commands'
import { HOUR, NOON, SECOND, aRefundRequest, given, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import type { Command } from '../../commands'
import { decide } from '../../decide'
import { evolve } from '../../evolve'
import type { Actor } from '../intents/intent'
import type { ActionName, Way } from '../action-names'

const reasonOf = (afterSale: AfterSaleCase | undefined, judged: number): string => {
  const decision = decide(afterSale, requestOf('add-remark', { judged }))
  return decision.type === 'refused' ? decision.reason : 'decided'
}
const YEAR_2099 = Date.parse('2099-12-31T00:00:00Z')

describe('an action rests on the revision that the case shows', () => {
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
    const decision = decide(afterSale, requestOf('approve-refund', { by, judged: YEAR_2099, budgetLeft: 1e9 }))
    expect(decision).toEqual({ type: 'refused', reason: 'JudgedUnseenRevision' })
  })
})

/** What a client may send as the revision that it has seen. */
type RevisionChoice = 'shown now' | 'shown before' | 'between' | 'just after' | 'far future' | number

const reports = fc.integer({ min: 0, max: 9 }).map((n) => ({ revision: n * SECOND }))
const requests = fc.record({
  revisionChoice: fc.oneof(
    fc.constantFrom<RevisionChoice>('shown now', 'shown now', 'shown before', 'between', 'just after', 'far future'),
    fc.constantFrom<RevisionChoice>(0, -1, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
    fc.integer({ min: -SECOND, max: 10 * SECOND }).map((n): RevisionChoice => NOON + n),
  ),
  intent: fc.integer({ min: 0, max: 99 }).map((n) => `i-${n}`),
  action: fc.constantFrom<ActionName[]>('approve-refund', 'add-remark', 'negotiate', 'send-small-payment'),
  way: fc.constantFrom<Way[]>('API', 'ASSISTED'),
  by: fc.constantFrom<Actor[]>({ kind: 'person', id: 'lin' }, { kind: 'strategy', id: '1', version: 1 }),
})

function revisionFor(
  afterSale: AfterSaleCase | undefined,
  shownRevisions: ReadonlySet<number>,
  revisionChoice: RevisionChoice,
): number {
  const now = afterSale?.lastSeen?.revision ?? 0
  switch (revisionChoice) {
    case 'shown now':
      return now
    case 'shown before':
      return Math.min(...shownRevisions, now)
    case 'between':
      return now - SECOND / 2
    case 'just after':
      return now + 1
    case 'far future':
      return YEAR_2099
    default:
      return revisionChoice
  }
}

it('no history has an intent with a revision that its case did not show when it was written', async () => {
  let intentCount = 0
  await property(fc.array(fc.oneof(reports, requests), { minLength: 2, maxLength: 20 }), (history) => {
    let afterSale = given(reported(0, aRefundRequest()))
    const shownRevisions = new Set([NOON])
    for (const step of history) {
      const command: Command =
        'revision' in step
          ? reported(step.revision, aRefundRequest({ reason: { text: String(step.revision) } }))
          : requestOf(step.action, {
              ...step,
              action: sampleActions[step.action],
              judged: revisionFor(afterSale, shownRevisions, step.revisionChoice),
              budgetLeft: 1e9,
            })
      const decision = decide(afterSale, command)
      if (decision.type === 'refused') continue
      if (command.type === 'RecordObservation') shownRevisions.add(command.stamp.revision)
      for (const event of decision.events) {
        if (event.type === 'ActionIntended') {
          intentCount++
          expect(event.judged).toBe(afterSale?.lastSeen?.revision)
          expect([...shownRevisions]).toContain(event.judged)
        }
        afterSale = evolve(afterSale, event)
      }
      for (const effect of decision.effects)
        if (effect.type === 'Perform') expect(effect.judged).toBe(afterSale?.lastSeen?.revision)
    }
  })
  // Usually about forty. Without any, the property would prove nothing.
  expect(intentCount).toBeGreaterThan(5)
})
