import { plainOf } from './plain-text'

/** A number that can be called, as found: from `from` (inclusive) to `to` (exclusive) in the text. */
export interface CallableNumber {
  readonly digits: string
  readonly from: number
  readonly to: number
  /** It may as well be the number of a parcel: written in one piece, behind the word for one. */
  readonly doubtful: boolean
}

interface Run {
  readonly groups: readonly string[]
  /** The separator between groups; more than one kind of separator means a list of numbers, not one number. */
  readonly marks: readonly string[]
  readonly from: number
  readonly to: number
}

const LABELS = ['单号', '订单', '运单', '编号', '面单']
const CALLING = ['tel', 'phone', 'mobile', 'call']

/**
 * Every number in a text that could be a phone number, however it is spaced or disguised. One pass over the text each.
 */
export function callableNumbersIn(text: string): readonly CallableNumber[] {
  const found = new Map<number, CallableNumber>()
  for (const numerals of [false, true])
    for (const run of runsOf(text, numerals)) {
      const digits = run.groups.join('')
      if (!callable(run, digits) || partOfAnArticle(text, run.from)) continue
      const before = text.slice(Math.max(0, run.from - 6), run.from)
      const doubtful = run.groups.length === 1 && LABELS.some((label) => before.includes(label))
      if (!found.has(run.to)) found.set(run.to, { digits, from: run.from, to: run.to, doubtful })
    }
  return [...found.values()].sort((a, b) => a.from - b.from)
}

/** Mobile numbers have eleven digits, 1 and 3–9 first; landlines and hotlines count only as people space them. */
function callable({ groups, marks }: Run, digits: string): boolean {
  const shape = groups.map((group) => group.length).join('-')
  if (shape !== '3-4-4' && new Set(marks).size > 1) return false
  const local = digits.startsWith('86') ? digits.slice(2) : digits
  if (local.length === 11 && local.charAt(0) === '1' && local.charAt(1) >= '3') return true
  const [first = ''] = groups
  if (first === '400' || first === '800') return digits.length === 10 && groups.length > 1
  return first.charAt(0) === '0' && /^[34]-(?:[78]|[34]-4)$/.test(shape)
}

/** Letters of a carrier or an article right before the digits: not a phone number, unless they say that it is one. */
function partOfAnArticle(text: string, from: number): boolean {
  let start = from
  while (start > 0 && from - start < 12 && isLatin(plainOf(text.charAt(start - 1)).plain)) start -= 1
  const letters = text.slice(start, from).toLowerCase()
  return letters !== '' && !CALLING.some((word) => letters.endsWith(word))
}

const isLatin = (c: string): boolean => c >= 'a' && c <= 'z'
const isDigit = (c: string): boolean => c >= '0' && c <= '9'
/** What people put between the digits of one number; a colon is a time, a line's end ends it. */
const isMark = (c: string): boolean => !isLatin(c) && !(c >= '\u3400' && c <= '\u9fff') && !':\n\r¥'.includes(c)

function runsOf(text: string, numerals: boolean): readonly Run[] {
  const runs: Run[] = []
  let groups: string[] = []
  let marks: string[] = []
  let [from, to, group, mark] = [0, 0, '', '']
  const end = (): void => {
    if (group !== '') groups.push(group)
    if (groups.length > 0) runs.push({ groups, marks, from, to })
    groups = []
    marks = []
    group = mark = ''
  }
  for (let index = 0; index < text.length; index++) {
    const { plain, numeral } = plainOf(text.charAt(index))
    if (isDigit(plain) && (numerals || !numeral)) {
      if (mark !== '') {
        groups.push(group)
        marks.push(mark)
        group = mark = ''
      } else if (group === '') from = index
      group += plain
      to = index + 1
    } else if (group !== '' && mark.length < 3 && isMark(plain)) mark += plain
    else if (group !== '') end()
  }
  end()
  return runs
}
