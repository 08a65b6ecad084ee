import fc from 'fast-check'
import { caseOf, aReturnRequest, subjectOf } from '../../../../../test/support/return-cases'
import { checkStrategy, isPolicyName } from './check-strategy'
import { LINE_UP } from '../line-up'
import { POLICIES } from '../policies'
import { SETTING_PROBLEMS } from './settings-shape'

const reasons = { reasons: ['no-reason'], codes: [], matchesAllConfirmed: false }

describe('a strategy document', () => {
  it.each([
    ['a class', reasons],
    ['codes', { ...reasons, reasons: [], codes: ['15', '78'] }],
    ['all, confirmed', { ...reasons, reasons: [], matchesAllConfirmed: true }],
  ])('R162: chosen reasons: %s', (_, document) => expect(checkStrategy('returnReasonIsChosen', document)).toEqual([]))

  it.each([
    [
      'nothing chosen and nothing confirmed',
      { ...reasons, reasons: [] },
      'matchesAllConfirmed',
      'MatchesAllNotConfirmed',
    ],
    ['a class that does not exist', { ...reasons, reasons: ['bad mood'] }, 'reasons', 'NotAllowedHere'],
    ['a class twice', { ...reasons, reasons: ['quality', 'quality'] }, 'reasons', 'Twice'],
    ['no list of classes', { ...reasons, reasons: 'quality' }, 'reasons', 'NotADocument'],
    ['an empty code', { ...reasons, codes: [' '] }, 'codes', 'NotAText'],
    ['a number for a code', { ...reasons, codes: [15] }, 'codes', 'NotAText'],
    ['a code that is too long', { ...reasons, codes: ['1'.repeat(33)] }, 'codes', 'NotAText'],
    ['too many codes', { ...reasons, codes: Array.from({ length: 101 }, (_, i) => String(i)) }, 'codes', 'TooMany'],
    ['a word for yes', { ...reasons, matchesAllConfirmed: 'yes' }, 'matchesAllConfirmed', 'NotYesOrNo'],
    ['a setting that is missing', { reasons: ['quality'], codes: [] }, 'matchesAllConfirmed', 'SettingMissing'],
    ['a setting that there is none of', { ...reasons, reason: 'quality' }, 'reason', 'UnknownSetting'],
  ])('R162: chosen reasons: %s is refused by name', (_, document, at, problem) => {
    expect(checkStrategy('returnReasonIsChosen', document)).toEqual([{ at, problem }])
  })

  it('R162: names every problem at once', () => {
    expect(checkStrategy('returnReasonIsChosen', { reasons: ['x'], codes: [''], more: 1 }).map(({ at }) => at)).toEqual(
      ['more', 'reasons', 'codes', 'matchesAllConfirmed'],
    )
  })

  it.each([
    [1, []],
    [168, []],
    [0, [{ at: 'waitsHours', problem: 'OutOfRange' }]],
    [169, [{ at: 'waitsHours', problem: 'OutOfRange' }]],
    [1.5, [{ at: 'waitsHours', problem: 'NotAWholeNumber' }]],
    ['24', [{ at: 'waitsHours', problem: 'NotAWholeNumber' }]],
  ])('R148: waiting %p hours for the platform', (waitsHours, problems) =>
    expect(checkStrategy('platformAdvancesRefund', { waitsHours })).toEqual(problems),
  )

  it.each([
    ['withinSevenDaysOfDelivery', { counting: 'working-days' }],
    ['appliedOffDuty', { holidays: true }],
  ] as const)('R163, R165: %s knows no %j', (policy, document) =>
    expect(checkStrategy(policy, document)[0]?.problem).toBe('NotAllowedHere'),
  )

  it.each([undefined, null, 'text', 7, [], [{}]])('%j is none', (document) => {
    for (const policy of LINE_UP) expect(checkStrategy(policy, document)).toEqual([{ at: '', problem: 'NotADocument' }])
  })

  it('of a policy without settings is empty', () => {
    expect([checkStrategy('platformHandlesIt', {}), checkStrategy('platformHandlesIt', { x: 1 })]).toEqual([
      [],
      [{ at: 'x', problem: 'UnknownSetting' }],
    ])
  })

  it('R162: the defaults of every policy can be used as they are, except for what the merchant must decide', () => {
    const wanting = LINE_UP.filter((name) => checkStrategy(name, POLICIES[name].shape?.defaults ?? {}).length > 0)
    expect(wanting).toContain('returnReasonIsChosen')
    for (const name of wanting)
      for (const { problem } of checkStrategy(name, POLICIES[name].shape?.defaults))
        expect(['SettingMissing', 'MatchesAllNotConfirmed']).toContain(problem)
  })

  it('that was checked never makes a policy throw; one that was not is answered with named problems, whatever it is', () => {
    const subject = subjectOf(caseOf(aReturnRequest()))
    const values = fc.oneof(
      fc.jsonValue(),
      fc.record({
        reasons: fc.subarray(['quality', 'other', 'x']),
        codes: fc.array(fc.string()),
        matchesAllConfirmed: fc.boolean(),
      }),
      fc.record({ counting: fc.constantFrom('exact', 'x') }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...LINE_UP), values, (name, document) => {
        const problems = checkStrategy(name, document)
        for (const { problem } of problems) expect(Object.keys(SETTING_PROBLEMS)).toContain(problem)
        if (problems.length === 0) expect(() => POLICIES[name].judge(subject, document)).not.toThrow()
      }),
    )
  })
})

it('a policy is known by its name only', () => {
  expect([isPolicyName('appliedOffDuty'), isPolicyName('toString'), isPolicyName('x')]).toEqual([true, false, false])
})
