import { PAYMENT_METHODS } from '../arrival/terms'
import { CHINA, localTimeOf } from '../calendar/civil-time'
import { yuanOf } from '../money/money'
import type { RuleId } from '../policies/framework/condition'
import { REASON_CLASSES } from '../store-terms/reason-class'
import { PAYERS, type Payer, type Term } from '../glossary/vocabulary'
import type { Guidance } from './guidance'

/** One sentence for people, with the rule that it comes from. Times are shown in the store's zone. */
export interface Advice extends Term {
  readonly rule: RuleId
}

/** What a person should know about the case, most urgent first. Nothing unknown is stated as known. */
export function adviceOf(guidance: Guidance, zoneMinutes: number = CHINA): readonly Advice[] {
  const at = (instant: number): string => localTimeOf(instant, zoneMinutes)
  return [
    ...negotiating(guidance, at),
    ...freight(guidance),
    ...allowance(guidance, at),
    ...insurance(guidance),
    ...group(guidance),
    ...arrivals(guidance, at),
  ]
}

type FormatTime = (instant: number) => string

function negotiating({ negotiation }: Guidance, at: FormatTime): Advice[] {
  if (negotiation === undefined) return []
  const { next, latestStart } = negotiation
  // Where all rounds no longer fit into what is left of our time, no latest start is worth naming.
  const isTooLate = latestStart !== undefined && latestStart < next.due
  const by: Term =
    latestStart === undefined
      ? { zh: '', en: '' }
      : isTooLate
        ? { zh: '，剩余时间已不够走完各轮', en: '; what is left of the time is too short for all rounds' }
        : { zh: `，最迟 ${at(latestStart)}`, en: `, at the latest ${at(latestStart)}` }
  return next.step === 'reject'
    ? [
        {
          rule: next.rule,
          zh: `协商轮次已用完，${at(next.due)} 起可以拒绝`,
          en: `all rounds of negotiation are used; it may be rejected from ${at(next.due)}`,
        },
      ]
    : [
        {
          rule: next.rule,
          zh: `拒绝前须协商：第 ${next.round ?? 1} 轮 ${at(next.due)} 起可发起${by.zh}`,
          en: `negotiate before rejecting: round ${next.round ?? 1} may start from ${at(next.due)}${by.en}`,
        },
      ]
}

function freight({ freight: { out, back, rule, reason, check } }: Guidance): Advice[] {
  const of: Term =
    reason === undefined
      ? { zh: '', en: '' }
      : { zh: `（${REASON_CLASSES[reason].zh}）`, en: ` (${REASON_CLASSES[reason].en})` }
  const ways = [
    ...(back === undefined ? [] : [paidBy(`退货运费由`, 'the way back is paid by', back)]),
    ...(out === undefined ? [] : [paidBy(`发货运费由`, 'the way out by', out)]),
  ]
  const borne: Advice[] =
    ways.length === 0
      ? []
      : [
          {
            rule,
            zh: `${ways.map((way) => way.zh).join('，')}${of.zh}`,
            en: `${ways.map((way) => way.en).join(', ')}${of.en}`,
          },
        ]
  if (check.wanted !== 'true') return borne
  const asked =
    check.told === undefined
      ? { zh: '未告知', en: 'none is given' }
      : { zh: `申请中为 ${yuanOf(check.told)} 元`, en: `${yuanOf(check.told)} yuan are requested` }
  return [
    ...borne,
    {
      rule: check.rule,
      zh: `运费不一定自动退还，请核对是否需另退（${asked.zh}）`,
      en: `freight is not always refunded by itself: check whether it has to be (${asked.en})`,
    },
  ]
}

const paidBy = (zh: string, en: string, payer: Payer): Term => ({
  zh: `${zh}${PAYERS[payer].zh}承担`,
  en: `${en} ${PAYERS[payer].en}`,
})

function allowance({ allowance: found }: Guidance, at: FormatTime): Advice[] {
  if (found === undefined) return []
  const { due, late, rule } = found
  return [
    {
      rule,
      zh: `平台运费补贴应于 ${at(due)} 前到账${late ? '，已超时' : ''}`,
      en: `the platform's freight allowance is due by ${at(due)}${late ? ' and late' : ''}`,
    },
  ]
}

const insurance = ({ insured }: Guidance): Advice[] =>
  insured === 'false'
    ? [
        {
          rule: 'R129',
          zh: '申请时店铺运费险不在保',
          en: 'the store was not insured for freight when this was applied for',
        },
      ]
    : []

const group = ({ group: formed }: Guidance): Advice[] =>
  formed === 'false'
    ? [
        {
          rule: 'R109',
          zh: '尚未成团：平台会在 24 小时内自动退款',
          en: 'the group has not formed: the platform refunds by itself',
        },
      ]
    : []

function arrivals({ arrivals: ways }: Guidance, at: FormatTime): Advice[] {
  return ways.map(({ method, earliest, due, delayed, rule }) => {
    const { zh, en } = PAYMENT_METHODS[method]
    const delay: Term =
      delayed === 'true'
        ? { zh: '（节假日顺延）', en: ' (put off by holidays)' }
        : delayed === 'unknown'
          ? { zh: '（当年节假日未公布）', en: ' (holidays of that year are not published)' }
          : { zh: '', en: '' }
    return {
      rule: rule as RuleId,
      zh: `${zh}：退款 ${at(earliest)} 至 ${at(due)} 到账${delay.zh}`,
      en: `${en}: the refund arrives between ${at(earliest)} and ${at(due)}${delay.en}`,
    }
  })
}
