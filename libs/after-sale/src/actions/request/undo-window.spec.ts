import { requestOf } from '../../../../../test/support/action-commands'
import { HOUR, NOON, SECOND, aRefundRequest, given, reported } from '../../../../../test/support/cases'
import type { RequestAction } from '../commands'
import type { ActionName } from '../action-names'
import { decide } from '../../decide'
import type { ActionWarning } from './refusals'
import { ACTION_WARNINGS } from './refusals'

const everyWarning = Object.keys(ACTION_WARNINGS) as ActionWarning[]
const MINUTE = 60 * SECOND
const afterSale = given(reported(0, aRefundRequest({ deadline: { due: NOON + HOUR, forRaw: '6' } })))

/** For how long the decided action is held back, ms; the event and the effect must agree. */
function heldFor(name: ActionName, over: Partial<RequestAction>): number {
  const request = requestOf(name, { undoMs: 5 * SECOND, ...over })
  const decision = decide(afterSale, request)
  if (decision.type === 'refused') throw new Error(decision.reason)
  const [event] = decision.events
  const effect = decision.effects.find(({ type }) => type === 'Perform')
  if (event?.type !== 'ActionIntended' || effect?.type !== 'Perform') throw new Error('not intended')
  expect(event.heldUntil ?? request.now).toBe(request.now + (effect.holdMs ?? 0))
  return effect.holdMs ?? 0
}

describe('the undo window', () => {
  it.each<[string, ActionName, Partial<RequestAction>, number]>([
    ['a refund that a person requests waits', 'approve-refund', {}, 5 * SECOND],
    ['a small payment waits', 'send-small-payment', { confirmed: everyWarning }, 5 * SECOND],
    ['what costs nothing is sent at once', 'add-remark', {}, 0],
    ['what a person does in the back office is not held', 'approve-refund', { way: 'ASSISTED' }, 0],
    [
      'a strategy has its caps instead',
      'approve-refund',
      { by: { kind: 'strategy', id: '1', version: 1 }, budgetLeft: 1e9 },
      0,
    ],
    ['it can be switched off', 'approve-refund', { undoMs: 0 }, 0],
    [
      'two minutes before the deadline it still waits',
      'approve-refund',
      { now: NOON + HOUR - 2 * MINUTE - 5 * SECOND },
      5 * SECOND,
    ],
    ['nearer to the deadline it is sent at once', 'approve-refund', { now: NOON + HOUR - 2 * MINUTE - 4 * SECOND }, 0],
    ['after the deadline it is sent at once', 'approve-refund', { now: NOON + 2 * HOUR }, 0],
  ])('%s', (_, name, over, held) => {
    expect(heldFor(name, over)).toBe(held)
  })
})
