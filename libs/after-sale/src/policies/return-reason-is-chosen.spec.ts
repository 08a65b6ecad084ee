import type { Facets, ReasonClass, StoreTerms, Verdict } from '#after-sale'
import { aReturnRequest, caseOf, subjectOf, truthsOf, without } from '../../../../test/support/return-cases'
import type { ChosenReasonsSettings } from './return-reason-is-chosen'
import { returnReasonIsChosen } from './return-reason-is-chosen'

const choose = (overrides: Partial<ChosenReasonsSettings>): ChosenReasonsSettings => ({
  reasons: [],
  codes: [],
  matchesAllConfirmed: false,
  ...overrides,
})
const verdictOn = (
  settings: ChosenReasonsSettings,
  facets: Partial<Facets>,
  overrides?: Partial<StoreTerms>,
): Verdict | undefined => returnReasonIsChosen.judge(subjectOf(caseOf(facets), overrides), settings)

const withReason = (text: string): Partial<Facets> => aReturnRequest({ reason: { text } })
const withCode = (code: string): Partial<Facets> => ({ ...without(aReturnRequest(), 'reason'), reasonCode: { code } })

describe('R162: agree to the return for chosen reasons', () => {
  it.each<[string, readonly ReasonClass[], readonly string[], Partial<Facets>, string]>([
    ['a chosen class', ['no-reason'], [], withReason('7天无理由退货'), 'act'],
    ['another class', ['no-reason'], [], withReason('质量问题'), 'leave'],
    ['one of two classes', ['quality', 'no-reason'], [], withReason('质量问题'), 'act'],
    ['words that no class has', ['no-reason'], [], withReason('心情不好'), 'unsure'],
    ['no known reason', ['no-reason'], [], without(aReturnRequest(), 'reason'), 'unsure'],
    ['a chosen code', [], ['15'], withCode('15'), 'act'],
    ['another code', [], ['15'], withCode('16'), 'leave'],
    ['no known code', [], ['15'], withReason('质量问题'), 'unsure'],
    [
      'a chosen code whose words have another class',
      ['no-reason'],
      ['15'],
      { ...withReason('质量问题'), reasonCode: { code: '15' } },
      'act',
    ],
  ])('R162: %s', (_, reasons, codes, facets, outcome) => {
    expect(verdictOn(choose({ reasons, codes }), facets)?.outcome).toBe(outcome)
  })

  it.each([
    [true, 'act'],
    [false, 'leave'],
  ])('R162: nothing chosen means every reason; confirmed: %s → %s', (matchesAllConfirmed, outcome) => {
    const settings = choose({ matchesAllConfirmed })
    expect(verdictOn(settings, withReason('心情不好'))?.outcome).toBe(outcome)
    expect(verdictOn(settings, without(aReturnRequest(), 'reason'))?.outcome).toBe(outcome)
  })

  it('R162: with reasons chosen there is nothing to confirm', () => {
    expect(truthsOf(verdictOn(choose({ reasons: ['quality'] }), withReason('质量问题')))).toEqual({
      reasonIsChosen: 'true',
      allReasonsAreMeant: 'true',
      hasReturnAddress: 'true',
    })
  })

  it('R162: an unconfirmed empty choice cannot be written, a confirmed one and a choice can', () => {
    const crossCheck = (settings: ChosenReasonsSettings) => returnReasonIsChosen.shape?.crossCheck?.(settings)
    expect(crossCheck(choose({}))).toEqual([{ at: 'matchesAllConfirmed', problem: 'MatchesAllNotConfirmed' }])
    expect([crossCheck(choose({ matchesAllConfirmed: true })), crossCheck(choose({ codes: ['15'] }))]).toEqual([[], []])
  })

  it('R063: names the store’s return address, and without one agrees to nothing', () => {
    const settings = choose({ reasons: ['no-reason'] })
    expect(verdictOn(settings, aReturnRequest())?.action).toEqual({ name: 'approve-return', addressId: '88' })
    const { returnAddressId: _, ...none } = subjectOf(caseOf(aReturnRequest())).terms
    expect(returnReasonIsChosen.judge({ ...subjectOf(caseOf(aReturnRequest())), terms: none }, settings)).toMatchObject(
      {
        outcome: 'leave',
        conditions: [{ truth: 'true' }, { truth: 'true' }, { rule: 'R063', truth: 'false' }],
      },
    )
  })

  it('R161: gives no verdict for other kinds and for cases that do not wait for the merchant', () => {
    const all = choose({ matchesAllConfirmed: true })
    for (const kind of ['refund-only', 'exchange', 'resend', 'repair'] as const)
      expect(verdictOn(all, aReturnRequest({ kind: { kind } }))).toBeUndefined()
    for (const status of ['awaiting-merchant-receipt', 'awaiting-buyer-return', 'refused', 'succeeded'] as const)
      expect(verdictOn(all, aReturnRequest({ status: { status, raw: 'x' } }))).toBeUndefined()
    expect(verdictOn(all, without(aReturnRequest(), 'kind'))).toBeUndefined()
  })
})
