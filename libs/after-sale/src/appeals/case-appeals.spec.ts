import { requestOf } from '../../../../test/support/action-commands'
import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { Action } from '../actions/action'
import type { RecordAppealResult } from '../actions/commands'
import { ACTION_WARNINGS } from '../actions/request/refusals'
import type { ActionWarning } from '../actions/request/refusals'
import type { AfterSaleCase } from '../case'
import type { Command } from '../commands'
import { decide } from '../decide'
import type { DisputeStage } from '../glossary/rails'

const by = { kind: 'person', id: 'lin' } as const
const DAY = 24 * HOUR
const judgedLiable = (stage: DisputeStage = 'ruled-for-buyer', at = 0): Command =>
  reported(at, aRefundRequest({ dispute: { stage }, money: { stage: 'refunded' } }))
const appealOfTwoItems: Action = {
  name: 'appeal',
  items: [
    { kind: 'liability', text: '说明' },
    { kind: 'goods-money', amount: 8_900, text: '说明' },
  ],
  evidence: [{ hash: 'aa', kind: 'image' }],
}
const requesting = (action: Action, intent: string, now = NOON + HOUR): Command =>
  requestOf(action, {
    intent,
    way: 'ASSISTED',
    facts: { appealed: [] },
    confirmed: Object.keys(ACTION_WARNINGS) as ActionWarning[],
    now,
  })
const attesting = (intent: string, now = NOON + 2 * HOUR): Command => ({ type: 'AttestAction', intent, by, now })
const recordResult = (overrides: Partial<RecordAppealResult> = {}): RecordAppealResult => ({
  type: 'RecordAppealResult',
  appeal: 'a-1',
  kind: 'liability',
  result: 'lost',
  decidedAt: NOON + DAY,
  by,
  now: NOON + 2 * DAY,
  ...overrides,
})
const filed = (...more: Command[]): AfterSaleCase =>
  caseAfter(judgedLiable(), requesting(appealOfTwoItems, 'a-1'), attesting('a-1'), ...more)
const results = ({ appeals }: AfterSaleCase): unknown[] =>
  (appeals ?? []).map(({ items }) => items.map((item) => item.result))
const outcomeOf = (afterSale: AfterSaleCase | undefined, command: Command): string => {
  const decision = decide(afterSale, command)
  return decision.type === 'refused' ? decision.reason : decision.events.map(({ type }) => type).join()
}

describe('R082: an appeal of a case', () => {
  it('is filed when a person attests it, under the id of the action', () => {
    const requestedCase = caseAfter(judgedLiable(), requesting(appealOfTwoItems, 'a-1'))
    expect([requestedCase.intents?.[0]?.state, requestedCase.appeals]).toEqual(['intended', undefined])
    expect(filed().appeals).toEqual([
      {
        id: 'a-1',
        filedAt: NOON + 2 * HOUR,
        items: [
          { kind: 'liability', result: 'pending' },
          { kind: 'goods-money', claimed: 8_900, result: 'pending' },
        ],
      },
    ])
  })

  it('is filed once, even if the marketplace shows it later', () => {
    expect(filed(judgedLiable('appealed', DAY)).appeals).toEqual(filed().appeals)
    const shownCase = caseAfter(judgedLiable(), requesting(appealOfTwoItems, 'a-1'), judgedLiable('appealed', DAY))
    expect(results(shownCase)).toEqual([['pending', 'pending']])
  })

  it('that turns out not to have been filed is never decided', () => {
    const closed = filed({ type: 'CloseAction', intent: 'a-1', as: 'lapsed', by, now: NOON + DAY })
    expect(results(closed)).toEqual([['withdrawn', 'withdrawn']])
  })
})

describe('R083: withdrawing an appeal', () => {
  const withdrawing = [
    requesting({ name: 'withdraw-appeal' }, 'w-1', NOON + 3 * HOUR),
    attesting('w-1', NOON + 4 * HOUR),
  ]

  it('affects only undecided items', () => {
    expect(results(filed(...withdrawing))).toEqual([['withdrawn', 'withdrawn']])
    expect(results(filed(recordResult({ decidedAt: NOON }), ...withdrawing))).toEqual([['lost', 'withdrawn']])
  })

  it('is refused once all items are decided', () => {
    const decided = filed(recordResult(), recordResult({ kind: 'goods-money', result: 'won' }))
    expect(outcomeOf(decided, requesting({ name: 'withdraw-appeal' }, 'w-1', NOON + 3 * DAY))).toBe('NotInThisStatus')
  })
})

describe('R084: the result of an item, as a person reports it', () => {
  it('is stored with the day on which the platform decided, and who reported it', () => {
    const decision = decide(filed(), recordResult())
    expect(decision).toMatchObject({
      type: 'decided',
      events: [{ type: 'AppealItemDecided', id: 'a-1', kind: 'liability', result: 'lost', at: NOON + DAY, by }],
    })
    expect(results(filed(recordResult()))).toEqual([['lost', 'pending']])
  })

  it('R070: recovers the claimed amount if the item was won in full', () => {
    const won = filed(recordResult({ kind: 'goods-money', result: 'won' }))
    expect(won.appeals?.[0]?.items[1]).toMatchObject({ result: 'won', recovered: 8_900, decidedAt: NOON + DAY })
  })

  it('confirms the action that filed the appeal', () => {
    expect([filed().intents?.[0]?.state, filed(recordResult()).intents?.[0]?.state]).toEqual(['attested', 'confirmed'])
  })

  it('changes nothing if it is reported again', () => {
    expect(decide(filed(recordResult()), recordResult())).toEqual({ type: 'decided', events: [], effects: [] })
  })

  it.each<[string, Partial<RecordAppealResult>, string]>([
    ['of an appeal that was not filed', { appeal: 'a-2' }, 'NoSuchAppeal'],
    ['of an item that was not in it', { kind: 'freight' }, 'NoSuchAppeal'],
    ['of tomorrow', { decidedAt: NOON + 2 * DAY + 1 }, 'InTheFuture'],
    ['of this very moment', { decidedAt: NOON + 2 * DAY }, 'AppealItemDecided'],
    ['money for the rate (R068)', { result: 'won', recovered: 1 }, 'AmountTooHigh'],
    ['money for what is lost', { kind: 'goods-money', recovered: 1 }, 'AmountTooHigh'],
    ['a part of unknown amount', { kind: 'goods-money', result: 'partly' }, 'AmountMissing'],
    ['a part that is the whole', { kind: 'goods-money', result: 'partly', recovered: 8_900 }, 'AmountTooHigh'],
    ['a part', { kind: 'goods-money', result: 'partly', recovered: 8_899 }, 'AppealItemDecided'],
    ['more than was claimed', { kind: 'goods-money', result: 'won', recovered: 8_901 }, 'AmountTooHigh'],
    ['all of it, but less', { kind: 'goods-money', result: 'won', recovered: 8_899 }, 'AmountNotExact'],
  ])('%s', (_, overrides, outcome) => {
    expect(outcomeOf(filed(), recordResult(overrides))).toBe(outcome)
  })

  it('of an unknown case is refused', () => {
    expect(outcomeOf(undefined, recordResult())).toBe('NoSuchCase')
  })
})
