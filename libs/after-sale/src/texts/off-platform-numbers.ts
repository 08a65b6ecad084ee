import { plainCharacterOf } from './plain-text'

/** A number that can be called, as found: from `from` (inclusive) to `to` (exclusive) in the text. */
export interface CallableNumber {
  readonly digits: string
  readonly from: number
  readonly to: number
  /** It may as well be the number of a parcel: written in one piece, behind the word for one. */
  readonly doubtful: boolean
}

interface DigitRun {
  readonly groups: readonly string[]
  /** The separator between groups; more than one kind of separator means a list of numbers, not one number. */
  readonly separators: readonly string[]
  readonly from: number
  readonly to: number
}

const PARCEL_LABELS = ['单号', '订单', '运单', '编号', '面单']
const PHONE_WORDS = ['tel', 'phone', 'mobile', 'call']

/**
 * Every number in a text that could be a phone number, however it is spaced or disguised. Two passes over the text: without and
 * with Chinese numerals as digits, since those may be ordinary words.
 */
export function callableNumbersIn(text: string): readonly CallableNumber[] {
  const found = new Map<number, CallableNumber>()
  for (const numerals of [false, true])
    for (const run of digitRunsOf(text, numerals)) {
      const digits = run.groups.join('')
      if (!isCallable(run, digits) || isArticleNumber(text, run.from)) continue
      const before = text.slice(Math.max(0, run.from - 6), run.from)
      const doubtful = run.groups.length === 1 && PARCEL_LABELS.some((label) => before.includes(label))
      if (!found.has(run.to)) found.set(run.to, { digits, from: run.from, to: run.to, doubtful })
    }
  return [...found.values()].sort((a, b) => a.from - b.from)
}

/** Mobile numbers have eleven digits, 1 and 3–9 first; landlines and hotlines count only as people space them. */
function isCallable({ groups, separators }: DigitRun, digits: string): boolean {
  const shape = groups.map((group) => group.length).join('-')
  if (shape !== '3-4-4' && new Set(separators).size > 1) return false
  const local = digits.startsWith('86') ? digits.slice(2) : digits
  if (local.length === 11 && local.charAt(0) === '1' && local.charAt(1) >= '3') return true
  const [first = ''] = groups
  if (first === '400' || first === '800') return digits.length === 10 && groups.length > 1
  return first.charAt(0) === '0' && /^[34]-(?:[78]|[34]-4)$/.test(shape)
}

/** Whether Latin letters stand right before the digits, as in article and parcel numbers; `tel` and the like are no such letters. */
function isArticleNumber(text: string, from: number): boolean {
  let start = from
  while (start > 0 && from - start < 12 && isLatin(plainCharacterOf(text.charAt(start - 1)).plain)) start -= 1
  const letters = text.slice(start, from).toLowerCase()
  return letters !== '' && !PHONE_WORDS.some((word) => letters.endsWith(word))
}

const isLatin = (c: string): boolean => c >= 'a' && c <= 'z'
const isDigit = (c: string): boolean => c >= '0' && c <= '9'
/** What may separate the digits of one number: no letter, no colon (a time), no end of a line, no currency sign. */
const isSeparator = (c: string): boolean => !isLatin(c) && !(c >= '\u3400' && c <= '\u9fff') && !':\n\r¥'.includes(c)

function digitRunsOf(text: string, numerals: boolean): readonly DigitRun[] {
  const runs: DigitRun[] = []
  let groups: string[] = []
  let separators: string[] = []
  let [from, to, group, separator] = [0, 0, '', '']
  const endRun = (): void => {
    if (group !== '') groups.push(group)
    if (groups.length > 0) runs.push({ groups, separators, from, to })
    groups = []
    separators = []
    group = separator = ''
  }
  for (let index = 0; index < text.length; index++) {
    const { plain, numeral } = plainCharacterOf(text.charAt(index))
    if (isDigit(plain) && (numerals || !numeral)) {
      if (separator !== '') {
        groups.push(group)
        separators.push(separator)
        group = separator = ''
      } else if (group === '') from = index
      group += plain
      to = index + 1
    } else if (group !== '' && separator.length < 3 && isSeparator(plain)) separator += plain
    else if (group !== '') endRun()
  }
  endRun()
  return runs
}
