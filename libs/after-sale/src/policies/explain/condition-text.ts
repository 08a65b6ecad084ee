import { CHINA_ZONE_MINUTES, DAY, HOUR, MINUTE, formatLocalTime } from '../../calendar/civil-time'
import { formatYuan } from '../../money/money'
import { DISPUTE_STAGES, GOODS_STAGES, MONEY_STAGES } from '../../glossary/rails'
import { STATUSES } from '../../glossary/status'
import type { Term } from '../../glossary/vocabulary'
import { KINDS } from '../../glossary/vocabulary'
import type { ClaimUnit, ConditionValue } from '../framework/condition'
import { REASON_CLASSES } from '../../store-terms/reason-class'

/** Words of conditions that are not in the glossaries of the case. */
const OWN_WORDS: Readonly<Record<string, Term>> = {
  all: { zh: '全部', en: 'all' },
  'off-duty': { zh: '下班时间', en: 'off duty' },
  'holidays-unpublished': { zh: '当年节假日尚未公布', en: 'the holidays of that year are not published' },
  'service-on': { zh: '服务开启中', en: 'the service is on' },
  'no-mark': { zh: '无自动处理标记', en: 'no mark of automation' },
  'risk:ok': { zh: '风控正常', en: 'risk check passed' },
  'risk:abnormal': { zh: '风控异常', en: 'risk check failed' },
}

/** The glossaries in which a word is looked up, in this order: a word of two rails is taken as one of the goods rail. */
const TABLES: readonly Readonly<Record<string, Term>>[] = [
  OWN_WORDS,
  REASON_CLASSES,
  KINDS,
  GOODS_STAGES,
  MONEY_STAGES,
  STATUSES,
]
/** A word with a prefix, e.g. `money:refunded`, is looked up in that rail only. */
const TABLE_BY_PREFIX: Readonly<Record<string, Readonly<Record<string, Term>>>> = {
  money: MONEY_STAGES,
  dispute: DISPUTE_STAGES,
  goods: GOODS_STAGES,
}

const NOT_KNOWN: Term = { zh: '未告知', en: 'not known' }
const YES_NO: Readonly<Record<'true' | 'false', Term>> = {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
}

/**
 * Numbers beyond this are times even if the claim declares no unit: the year 2001 in milliseconds, ten billion yuan in
 * fen.
 */
const MIN_INSTANT = 1_000_000_000_000

/** What a condition found or wanted, formatted for people. */
export function conditionValueText(found: ConditionValue, unit: ClaimUnit | undefined, language: keyof Term): string {
  if (found === null) return NOT_KNOWN[language]
  if (typeof found === 'boolean') return YES_NO[found ? 'true' : 'false'][language]
  if (typeof found === 'string')
    return found
      .split(' ')
      .map((word) => wordText(word, language))
      .join(language === 'zh' ? '、' : ', ')
  switch (unit) {
    case 'fen':
      return `${formatYuan(found)} ${language === 'zh' ? '元' : 'yuan'}`
    case 'instant':
      return instantText(found, language)
    case 'days':
      return `${found} ${language === 'zh' ? '天' : found === 1 ? 'day' : 'days'}`
    case 'duration':
      return durationText(found, language)
    case undefined:
      return found >= MIN_INSTANT ? instantText(found, language) : String(found)
  }
}

/** A time as a clock in China shows it. */
export const instantText = (at: number, language: keyof Term): string =>
  `${formatLocalTime(at, CHINA_ZONE_MINUTES)} ${language === 'zh' ? '北京时间' : 'China time'}`

function durationText(ms: number, language: keyof Term): string {
  const [size, zh, en] =
    ms % DAY === 0
      ? ([DAY, '天', 'd'] as const)
      : ms % HOUR === 0
        ? ([HOUR, '小时', 'h'] as const)
        : ([MINUTE, '分钟', 'min'] as const)
  return `${Math.round((ms / size) * 10) / 10} ${language === 'zh' ? zh : en}`
}

function wordText(word: string, language: keyof Term): string {
  const [prefix, rest] = word.split(':', 2)
  const table =
    rest === undefined || !Object.hasOwn(TABLE_BY_PREFIX, prefix ?? '') ? undefined : TABLE_BY_PREFIX[prefix ?? '']
  if (table !== undefined && rest !== undefined && Object.hasOwn(table, rest)) return table[rest]?.[language] ?? word
  for (const terms of TABLES) if (Object.hasOwn(terms, word)) return terms[word]?.[language] ?? word
  return word
}
