/**
 * A text without disguises: wide and circled letters plain, lower case, Chinese numerals as digits. `at[i]` is the
 * position of the plain character `i` in the original text, so that a finding can be shown.
 */
export interface PlainText {
  readonly plain: string
  readonly at: readonly number[]
}

/** One character in its plain form; `numeral` where it was a Chinese one, which may as well be an ordinary word. */
export interface PlainCharacter {
  readonly plain: string
  readonly numeral: boolean
}

const plainLetter = (plain: string): PlainCharacter => ({ plain, numeral: false })
const ASCII = Array.from({ length: 128 }, (_, code) => plainLetter(String.fromCharCode(code).toLowerCase()))
const DISGUISED: ReadonlyMap<string, PlainCharacter> = new Map([
  // Full-width forms are in the order of ASCII, circled letters and digits in their own.
  ...disguisedRange(0xff01, 94, (i) => String.fromCharCode(0x21 + i).toLowerCase()),
  ...disguisedRange(0x24b6, 26, (i) => String.fromCharCode(97 + i)),
  ...disguisedRange(0x24d0, 26, (i) => String.fromCharCode(97 + i)),
  ...disguisedRange(0x2460, 9, (i) => String(i + 1)),
  ...disguisedRange(0x2776, 9, (i) => String(i + 1)),
  ...disguisedRange(0x24ea, 1, () => '0'),
  ...disguisedRange(0x24ff, 1, () => '0'),
  ...['零〇○', '一壹幺', '二贰貳两', '三叁參', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'].flatMap(
    (forms, digit) => [...forms].map((form) => [form, { plain: String(digit), numeral: true }] as const),
  ),
])

function disguisedRange(
  from: number,
  count: number,
  plain: (i: number) => string,
): (readonly [string, PlainCharacter])[] {
  return Array.from({ length: count }, (_, i) => [String.fromCharCode(from + i), plainLetter(plain(i))] as const)
}

/** The plain form of one UTF-16 unit: lower case, without disguise. */
export function plainCharacterOf(character: string): PlainCharacter {
  const code = character.charCodeAt(0)
  return (code < 128 ? ASCII[code] : DISGUISED.get(character)) ?? plainLetter(character)
}

const isLetter = (c: string): boolean => (c >= 'a' && c <= 'z') || c >= '\u3400'
const isDigit = (c: string): boolean => c >= '0' && c <= '9'

/** Whether a plain character carries meaning: a letter, a digit, a Chinese character, or the plus of "add me". */
const isMeaningful = (c: string): boolean => (isLetter(c) && !isOrnament(c)) || isDigit(c) || c === '+'

/** Emoji (surrogates), wide punctuation and rare scripts: above the Chinese characters, but no letters of a word. */
function isOrnament(c: string): boolean {
  const code = c.charCodeAt(0)
  return (code >= 0xd800 && code <= 0xdfff) || (code >= 0xfe00 && code <= 0xffff) || (code >= 0xa000 && code <= 0xabff)
}

/**
 * The text in lower-case plain letters, without the characters put between them as a disguise. Chinese numerals are
 * kept as they are, since they may be part of ordinary words.
 */
export function squeeze(text: string): PlainText {
  let plain = ''
  const at: number[] = []
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    const { plain: plainCharacter, numeral } = plainCharacterOf(character)
    const keptCharacter = numeral ? character : plainCharacter
    if (!isMeaningful(keptCharacter)) continue
    plain += keptCharacter
    at.push(index)
  }
  return { plain, at }
}
