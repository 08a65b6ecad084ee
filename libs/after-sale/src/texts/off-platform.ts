import type { RuleId } from '../policies/framework/condition'
import type { Term } from '../glossary/vocabulary'
import { linksIn } from './off-platform-links'
import { callableNumbersIn } from './off-platform-numbers'
import {
  CARRIER_SUFFIXES,
  OFF_PLATFORM_WORDS,
  PAYMENT_SUFFIXES,
  type OffPlatformKind,
  type OffPlatformWord,
} from './off-platform-words'
import { squeeze, type PlainText } from './plain-text'
import type { OutgoingTextTerms } from './terms'

/**
 * `critical`: the platform closes orders, limits withdrawals and takes goods off sale for it. `doubtful`: a person
 * should check.
 */
export type Severity = 'critical' | 'doubtful'

/** What is wrong in a text, from `from` (inclusive) to `to` (exclusive). */
export interface OffPlatformFinding {
  readonly kind: OffPlatformKind
  readonly severity: Severity
  readonly from: number
  readonly to: number
  readonly piece: string
  readonly rule: RuleId
}

/** Why a finding matters, for the author of the text (R127, R128). */
export const OFF_PLATFORM: Readonly<Record<OffPlatformKind, Term>> = {
  'other-platform': {
    zh: '提及其他平台。可能导致关闭交易、限制提现、商品下架并禁止上架，并须缴纳超过十万元保证金',
    en: 'names another platform: orders may be closed, withdrawals limited, goods taken off sale, a deposit of more than 100,000 yuan demanded',
  },
  'chat-account': {
    zh: '引导到站外聊天账号。可能导致关闭交易、限制提现，并须缴纳超过十万元保证金',
    en: 'leads to a chat account outside: orders may be closed, withdrawals limited, a deposit of more than 100,000 yuan demanded',
  },
  'contact-number': { zh: '留下电话号码。请在平台内沟通', en: 'gives a number to call: talk inside the platform' },
  link: { zh: '含站外链接。请删除', en: 'contains a link to somewhere else: take it out' },
  'other-payment': {
    zh: '提及平台外交易方式。可能导致关闭交易、限制提现，并须缴纳超过十万元保证金',
    en: 'speaks of trading beside the platform: orders may be closed, withdrawals limited, a deposit of more than 100,000 yuan demanded',
  },
}

/**
 * R127: what a text mentions that must not be mentioned to a buyer. `known` are the numbers of the case itself (order,
 * case, parcels): whatever they look like, they are not contacts. Linear in the length of the text.
 */
export function offPlatformIn(
  text: string,
  terms: OutgoingTextTerms,
  ownNumbers: readonly string[] = [],
): readonly OffPlatformFinding[] {
  const findingOf = (
    kind: OffPlatformKind,
    from: number,
    to: number,
    severity: Severity = 'critical',
  ): OffPlatformFinding => ({
    kind,
    severity,
    from,
    to,
    piece: text.slice(from, to),
    rule: 'R127',
  })
  const checked = blankOut(text, ownNumbers)
  const squeezed = squeeze(checked)
  const words = forbiddenWordsOf(terms).flatMap((word) =>
    occurrencesOf(word, squeezed).map(([from, to]) => findingOf(word.kind, from, to)),
  )
  const numbers = callableNumbersIn(checked)
    .filter(({ digits }) => !terms.allowedNumbers.includes(digits))
    .map(({ from, to, doubtful }) => findingOf('contact-number', from, to, doubtful ? 'doubtful' : 'critical'))
  const links = linksIn(checked)
    .filter(({ host }) => !terms.allowedHosts.some((allowed) => host === allowed || host.endsWith(`.${allowed}`)))
    .map(({ from, to }) => findingOf('link', from, to))
  return [...words, ...numbers, ...links].sort((a, b) => a.from - b.from || b.to - a.to)
}

/** Replaces the case's own numbers by line breaks of equal length, so that all other positions stay the same. */
const blankOut = (text: string, ownNumbers: readonly string[]): string =>
  ownNumbers
    .filter((number) => number.length >= 8)
    .reduce((rest, number) => rest.replaceAll(number, '\n'.repeat(number.length)), text)

/** The words that no store may name, and the names of other platforms by the store's terms. */
const forbiddenWordsOf = (terms: OutgoingTextTerms): readonly OffPlatformWord[] => [
  ...OFF_PLATFORM_WORDS,
  ...terms.otherPlatforms.map((name) => ({
    word: squeeze(name).plain,
    kind: 'other-platform' as const,
    followedBy: 'not-payment' as const,
  })),
]

/** Where a word occurs in the text with its plain meaning. */
function occurrencesOf(
  { word, followedBy }: OffPlatformWord,
  { plain, at }: PlainText,
): readonly (readonly [number, number])[] {
  const occurrences: (readonly [number, number])[] = []
  if (word === '') return occurrences
  for (let index = plain.indexOf(word); index >= 0; index = plain.indexOf(word, index + word.length)) {
    const end = index + word.length
    const [first, last] = [at[index] ?? 0, at[end - 1] ?? 0]
    // Letters directly next to a Latin word make it another word; separated by a space or punctuation they do not.
    const before = at[index - 1] === first - 1 ? plain.charAt(index - 1) : ''
    const adjoining = (at[end] ?? 0) <= last + (isDigit(plain.charAt(end)) ? 2 : 1) ? plain.charAt(end) : ''
    if (isAscii(word.charAt(0)) && word.charAt(0) !== '+' && isAscii(before)) continue
    if (isAscii(word.charAt(word.length - 1)) && !isWholeWord(plain, at, end, adjoining)) continue
    if (followedBy === 'account' && !(isAscii(plain.charAt(end)) || plain.charAt(end) === '号')) continue
    if (
      followedBy === 'not-payment' &&
      [...PAYMENT_SUFFIXES, ...CARRIER_SUFFIXES].some((suffix) => plain.startsWith(suffix, end))
    )
      continue
    occurrences.push([first, last + 1])
  }
  return occurrences
}

const isAscii = (c: string): boolean => (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
const isDigit = (c: string): boolean => c >= '0' && c <= '9'

/** `wx` before a letter is another word, before one to four digits an article, before `123456789CN` a parcel's number. */
function isWholeWord(plain: string, at: readonly number[], end: number, adjoining: string): boolean {
  if (adjoining >= 'a' && adjoining <= 'z') return false
  if (!isDigit(adjoining)) return true
  let stop = end
  while (isDigit(plain.charAt(stop)) && at[stop] === (at[end] ?? 0) + (stop - end) && stop - end < 20) stop += 1
  const digits = stop - end
  return digits >= 5 && !(digits === 9 && /^[a-z]{2}(?![a-z])/.test(plain.slice(stop, stop + 3)))
}
