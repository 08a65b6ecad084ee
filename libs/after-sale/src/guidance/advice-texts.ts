import { PAYMENT_METHODS } from '../arrival/terms'
import { CHINA_ZONE_MINUTES, formatLocalTime } from '../calendar/civil-time'
import { formatYuan } from '../money/money'
import type { RuleId } from '../policies/framework/condition'
import { REASON_CLASSES } from '../store-terms/reason-class'
import { PAYERS, type Payer, type Term } from '../glossary/vocabulary'
import type { Guidance } from './guidance'

/** One sentence for people, with the rule that it comes from. Times are shown in the store's zone. */
export interface Advice extends Term {
  readonly rule: RuleId
}

/** What a person should know about the case, most urgent first. Nothing unknown is stated as known. */
export function adviceOf(guidance: Guidance, zoneMinutes: number = CHINA_ZONE_MINUTES): readonly Advice[] {
  const formatTime = (instant: number): string => formatLocalTime(instant, zoneMinutes)
  return [
    ...negotiationAdvice(guidance, formatTime),
    ...freightAdvice(guidance),
    ...allowance(guidance, formatTime),
    ...insurance(guidance),
    ...group(guidance),
    ...arrivals(guidance, formatTime),
  ]
}

type FormatTime = (instant: number) => string

function negotiationAdvice({ negotiation }: Guidance, formatTime: FormatTime): Advice[] {
  if (negotiation === undefined) return []
  const { next, latestStart } = negotiation
  // Where all rounds no longer fit into what is left of our time, no latest start is worth naming.
  const isTooLate = latestStart !== undefined && latestStart < next.due
  const latestSuffix: Term =
    latestStart === undefined
      ? { zh: '', en: '' }
      : isTooLate
        ? { zh: '，剩余时间已不够走完各轮', en: '; what is left of the time is too short for all rounds' }
        : { zh: `，最迟 ${formatTime(latestStart)}`, en: `, at the latest ${formatTime(latestStart)}` }
  return next.step === 'reject'
    ? [
        {
          rule: next.rule,
          zh: `协商轮次已用完，${formatTime(next.due)} 起可以拒绝`,
          en: `all rounds of negotiation are used; it may be rejected from ${formatTime(next.due)}`,
        },
      ]
    : [
        {
          rule: next.rule,
          zh: `拒绝前须协商：第 ${next.round ?? 1} 轮 ${formatTime(next.due)} 起可发起${latestSuffix.zh}`,
          en: `negotiate before rejecting: round ${next.round ?? 1} may start from ${formatTime(next.due)}${latestSuffix.en}`,
        },
      ]
}

function freightAdvice({ freight: { out, back, rule, reason, check } }: Guidance): Advice[] {
  const reasonSuffix: Term =
    reason === undefined
      ? { zh: '', en: '' }
      : { zh: `（${REASON_CLASSES[reason].zh}）`, en: ` (${REASON_CLASSES[reason].en})` }
  const parts = [
    ...(back === undefined ? [] : [payerTextOf(`退货运费由`, 'the way back is paid by', back)]),
    ...(out === undefined ? [] : [payerTextOf(`发货运费由`, 'the way out by', out)]),
  ]
  const bearerAdvice: Advice[] =
    parts.length === 0
      ? []
      : [
          {
            rule,
            zh: `${parts.map((part) => part.zh).join('，')}${reasonSuffix.zh}`,
            en: `${parts.map((part) => part.en).join(', ')}${reasonSuffix.en}`,
          },
        ]
  if (check.wanted !== 'true') return bearerAdvice
  const requestedText =
    check.told === undefined
      ? { zh: '未告知', en: 'none is given' }
      : { zh: `申请中为 ${formatYuan(check.told)} 元`, en: `${formatYuan(check.told)} yuan are requested` }
  return [
    ...bearerAdvice,
    {
      rule: check.rule,
      zh: `运费不一定自动退还，请核对是否需另退（${requestedText.zh}）`,
      en: `freight is not always refunded by itself: check whether it has to be (${requestedText.en})`,
    },
  ]
}

const payerTextOf = (zh: string, en: string, payer: Payer): Term => ({
  zh: `${zh}${PAYERS[payer].zh}承担`,
  en: `${en} ${PAYERS[payer].en}`,
})

function allowance({ allowance: found }: Guidance, formatTime: FormatTime): Advice[] {
  if (found === undefined) return []
  const { due, late, rule } = found
  return [
    {
      rule,
      zh: `平台运费补贴应于 ${formatTime(due)} 前到账${late ? '，已超时' : ''}`,
      en: `the platform's freight allowance is due by ${formatTime(due)}${late ? ' and late' : ''}`,
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

function arrivals({ arrivals: parts }: Guidance, formatTime: FormatTime): Advice[] {
  return parts.map(({ method, earliest, due, delayed, rule }) => {
    const { zh, en } = PAYMENT_METHODS[method]
    const delaySuffix: Term =
      delayed === 'true'
        ? { zh: '（节假日顺延）', en: ' (put off by holidays)' }
        : delayed === 'unknown'
          ? { zh: '（当年节假日未公布）', en: ' (holidays of that year are not published)' }
          : { zh: '', en: '' }
    return {
      rule: rule as RuleId,
      zh: `${zh}：退款 ${formatTime(earliest)} 至 ${formatTime(due)} 到账${delaySuffix.zh}`,
      en: `${en}: the refund arrives between ${formatTime(earliest)} and ${formatTime(due)}${delaySuffix.en}`,
    }
  })
}
