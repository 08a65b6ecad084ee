import fc from 'fast-check'
import { answerOf, requestOf, closeOf } from '../../../../../test/support/action-commands'
import { HOUR, SECOND, aRefundRequest, eventsOf, reported } from '../../../../../test/support/cases'
import type { Command } from '../../commands'
import { fold } from '../../evolve'
import { INTENT_STATES } from '../intents/intent'

const opened = reported(0, aRefundRequest())
const refunding = reported(
  HOUR,
  aRefundRequest({ status: { status: 'refunding', raw: '12' }, money: { stage: 'refunding' } }),
  500,
)

describe('any sequence of answers, reports and requests', () => {
  const commands: readonly Command[] = [
    requestOf('approve-refund'),
    requestOf('approve-refund', { intent: 'i-2' }),
    requestOf('turn-into-refund', { intent: 'i-3' }),
    answerOf({ type: 'done' }),
    answerOf({ type: 'in-doubt' }),
    answerOf({ type: 'refused', code: '1' }),
    answerOf({ type: 'done' }, { intent: 'i-2' }),
    closeOf('withdrawn'),
    refunding,
    reported(SECOND, aRefundRequest(), 200 * SECOND),
  ]
  it('leaves at most one decision open, intends an id once, and never reopens an ended action', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 14 }), (history) => {
        const events = eventsOf(opened, ...history)
        const intended = events.filter((e) => e.type === 'ActionIntended').map((e) => e.intent)
        expect(new Set(intended).size).toBe(intended.length)
        const ended = new Set<string>()
        for (let i = 1; i <= events.length; i += 1) {
          const intents = fold(events.slice(0, i))?.intents ?? []
          expect(intents.filter((intent) => INTENT_STATES[intent.state].open).length).toBeLessThanOrEqual(1)
          for (const { id, state } of intents) {
            if (ended.has(id)) expect(INTENT_STATES[state].open).toBe(false)
            if (!INTENT_STATES[state].open) ended.add(id)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
