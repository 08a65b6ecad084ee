import type { StoreTerms, Verdict } from '#after-sale'
import { NOON } from '../../../../../test/support/cases'
import {
  DAY,
  aReturnOnItsWay,
  aReturnRequest,
  caseOf,
  subjectOf,
  without,
} from '../../../../../test/support/return-cases'
import { JUDGEMENTS, TRUTHS, explain, flipsOf } from './explain'
import { LINE_UP, judge } from '../line-up'
import { POLICIES } from '../policies'
import { SETTING_PROBLEMS } from '../framework/settings-shape'
import { conditionValueText } from './condition-text'

const service: Partial<StoreTerms> = { advanceRefund: [{ from: NOON - 30 * DAY }] }
const verdictOf = (policy: string, facets: Parameters<typeof caseOf>[0]): Verdict =>
  judge(subjectOf(caseOf(facets), service), [
    {
      reference: { id: '1', version: 1 },
      policy: 'withinSevenDaysOfDelivery',
      settings: { counting: 'natural-days' },
      mode: 'live',
    },
  ]).find((verdict) => verdict.policy === policy) as Verdict
const late = aReturnRequest({ goods: { stage: 'delivered', parcels: [], deliveredAt: NOON - 8 * DAY } })

describe('explaining a verdict', () => {
  it('R163: gives the result in both languages, and the reasons, condition by condition', () => {
    const verdict = verdictOf('withinSevenDaysOfDelivery', late)
    expect([explain(verdict, 'zh').headline, explain(verdict, 'en').headline]).toEqual([
      '七天无理由自动同意退货: 条件不满足,不处理',
      'Agree to returns without reason within seven days: a condition does not hold; leave it',
    ])
    expect(explain(verdict, 'zh').sentences.map(({ text }) => text)).toEqual([
      '成立: 售后原因为七天无理由 (实际 无理由; 对照 无理由; 获知于 2026-11-11 12:00:00 北京时间)',
      '成立: 物流已签收 (实际 已签收; 对照 已签收; 获知于 2026-11-11 12:00:00 北京时间)',
      '不成立: 签收后规定天数内申请 (实际 8 天; 对照 7 天; 获知于 2026-11-11 12:00:00 北京时间)',
      '成立: 已设置退货地址 (实际 是; 对照 是)',
    ])
    expect(explain(verdict, 'en').sentences[2]).toEqual({
      rule: 'R163',
      claim: 'appliedInTime',
      truth: 'false',
      text: 'does not hold: applied within so many days of delivery (found 8 days; against 7 days; known since 2026-11-11 12:00:00 China time)',
    })
  })

  it('R154, R149: writes money in yuan and times as clocks in China show them', () => {
    const verdict = verdictOf('platformAdvancesRefund', aReturnOnItsWay())
    const texts = explain(verdict, 'en').sentences.map(({ text }) => text)
    expect(texts).toContain(
      'holds: paid less than the limit (found 299.99 yuan; against 300.00 yuan; known since 2026-11-11 12:00:00 China time)',
    )
    expect(texts).toContain(
      'holds: the platform is not overdue with it (found 2026-11-11 13:00:00 China time; against 2026-11-12 12:00:00 China time; known since 2026-11-11 12:00:00 China time)',
    )
    expect(explain(verdict, 'zh').headline).toBe('发货后极速退款: 平台会自动处理,不操作 – 同意退款')
  })

  it('shows an unknown fact as unknown', () => {
    const verdict = verdictOf('withinSevenDaysOfDelivery', without(aReturnRequest(), 'reason'))
    expect(explain(verdict, 'zh').sentences[0]?.text).toBe('未知: 售后原因为七天无理由 (实际 未告知; 对照 无理由)')
    expect(explain(verdict, 'en').headline).toContain('a fact is unknown; a person decides')
  })

  it('marks a strategy on trial, and names a claim without a sentence as it was stored', () => {
    const verdict = { ...verdictOf('withinSevenDaysOfDelivery', late), shadow: true as const }
    expect(explain(verdict, 'en').headline).toMatch(/\(on trial\): /)
    const older: Verdict = {
      ...verdict,
      conditions: [{ rule: 'R163', claim: 'gone', truth: 'true', found: 1, wanted: null }],
    }
    expect(explain(older, 'en').sentences[0]?.text).toBe('holds: gone (found 1)')
  })
})

describe('what would flip a verdict', () => {
  it('R163: one that leaves the case: every condition that is missing', () => {
    const verdict = verdictOf('withinSevenDaysOfDelivery', { ...late, reason: { text: '质量问题' } })
    expect(flipsOf(verdict)).toMatchObject({
      when: 'every',
      to: 'true',
      conditions: [{ claim: 'reasonIsNone' }, { claim: 'appliedInTime', found: 8, wanted: 7 }],
    })
    expect(explain(verdict, 'en').flips.map(({ text }) => text.split(' (')[0])).toEqual([
      'if it held: the buyer needs no reason',
      'if it held: applied within so many days of delivery',
    ])
  })

  it('one that is unsure: what is unknown', () => {
    expect(flipsOf(verdictOf('withinSevenDaysOfDelivery', without(aReturnRequest(), 'reason')))).toMatchObject({
      when: 'every',
      to: 'true',
      conditions: [{ claim: 'reasonIsNone' }],
    })
  })

  it('R148: one that acts or expects: any of its conditions', () => {
    const { when, to, conditions } = flipsOf(verdictOf('platformAdvancesRefund', aReturnOnItsWay()))
    expect([when, to, conditions.length]).toEqual(['any', 'false', 8])
  })
})

describe('the words of conditions', () => {
  it.each([
    [null, undefined, '未告知', 'not known'],
    [true, undefined, '是', 'yes'],
    [false, undefined, '否', 'no'],
    [30_000, 'fen', '300.00 元', '300.00 yuan'],
    [1, 'days', '1 天', '1 day'],
    [NOON, undefined, '2026-11-11 12:00:00 北京时间', '2026-11-11 12:00:00 China time'],
    [86_400_000, 'duration', '1 天', '1 d'],
    [7_200_000, 'duration', '2 小时', '2 h'],
    [90_000, 'duration', '1.5 分钟', '1.5 min'],
    [3, undefined, '3', '3'],
    ['money:advanced', undefined, '平台垫付', 'Advanced by the platform'],
    ['dispute:platform-intervened', undefined, '平台介入', 'Platform stepped in'],
    ['quality other', undefined, '质量问题、其他', 'Quality, Other'],
    ['auto-audit:7', undefined, 'auto-audit:7', 'auto-audit:7'],
    ['holidays-unpublished', undefined, '当年节假日尚未公布', 'the holidays of that year are not published'],
    ['constructor', undefined, 'constructor', 'constructor'],
  ] as const)('%j (%s) is written %s, %s', (found, unit, zh, en) =>
    expect([conditionValueText(found, unit, 'zh'), conditionValueText(found, unit, 'en')]).toEqual([zh, en]),
  )

  it('exist in both languages for every claim, title, setting and problem', () => {
    const terms = LINE_UP.flatMap((name) => {
      const { title, claims, shape } = POLICIES[name]
      return [title, ...Object.values(claims), ...Object.values(shape?.fields ?? {}).map((field) => field.title)]
    })
    for (const { zh, en } of [
      ...terms,
      ...Object.values(JUDGEMENTS),
      ...Object.values(TRUTHS),
      ...Object.values(SETTING_PROBLEMS),
    ])
      expect([/\p{Script=Han}/u.test(zh), /^[\x20-\x7e’]+$/.test(en)]).toEqual([true, true])
  })

  it('R147: every condition of every verdict has its sentence, and its rule is one of the policy’s', () => {
    for (const facets of [
      aReturnRequest(),
      aReturnOnItsWay(),
      late,
      aReturnRequest({ dispute: { stage: 'platform-intervened' } }),
    ]) {
      const armed = LINE_UP.map((policy) => ({
        reference: { id: policy, version: 1 },
        policy,
        settings: POLICIES[policy].shape?.defaults,
        mode: 'live' as const,
      }))
      for (const { policy, rules, conditions } of judge(subjectOf(caseOf(facets), service), armed))
        for (const { claim, rule } of conditions)
          expect([policy, Object.keys(POLICIES[policy].claims).includes(claim), rules.includes(rule)]).toEqual([
            policy,
            true,
            true,
          ])
    }
  })
})
