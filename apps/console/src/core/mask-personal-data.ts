import { maskName, maskPhone } from '#access'

/**
 * Masks names, phones and addresses in a marketplace's message wherever they occur, also in JSON inside strings. Everything
 * else keeps its exact characters, so that no digit of an id is lost.
 */
export const maskPersonalData = (text: string): string => maskText(text, 0)

/** Numbers of Chinese mobile phones in running text. */
const PHONE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g
export const withoutPhones = (text: string): string => text.replace(PHONE, (phone) => maskPhone(phone.slice(-11)))

/** Parts of keys, lower case without separators. Masking too much is a nuisance, too little a breach. */
const OF_A_PERSON =
  /receiv(?!ed|e_?time)|consignee|recipient|addressee|buyer|customer|contact|nick|realname|fullname|username|membername|phone|mobile|tel(?:ephone)?$|^tel|addr|province|^city|cityname|district|^town|street|postcode|zipcode|idcard|idno$|identity|bankcard|cardno|account(?!type)|alipay|wechat|email|openid|unionid|avatar|birth|收货人|买家|姓名|名字|电话|手机|地址|联系|微信/
const NAME = /name$/
const NAME_OF_A_THING =
  /(?:goods|product|prod|sku|spu|shop|store|ship|shipping|logistics|company|express|carrier|spec|category|cate|brand|method|type|event|tag|mall|item|status|reason|api|file|field|class|service|promotion|activity|coupon|attr|property|key|option|warehouse|template|display|channel|source|platform|order|gift|pay|refund|stage|flow|action)name$/
/** `detail` and the like hold an address only below a key of a person. */
const NOT_OF_A_PERSON = /(?:status|state|type|time|count|num|flag|code|amount|fee|money|reason|mark)$/
const DEEPEST = 64

export function isPersonal(key: string): boolean {
  const word = key.toLowerCase().replace(/[_\-. ]/g, '')
  if (NAME.test(word)) return !NAME_OF_A_THING.test(word)
  return OF_A_PERSON.test(word) && !NOT_OF_A_PERSON.test(word)
}

function maskText(text: string, depth: number): string {
  const start = text.trimStart()[0]
  return depth < DEEPEST && (start === '{' || start === '[') ? new Walk(text, depth).masked() : withoutPhones(text)
}

const masked = (value: string): string =>
  /^\+?[\d -]{7,20}$/.test(value) ? maskPhone(value) : value.length > 0 && value.length <= 6 ? maskName(value) : '***'

/** One walk over the characters of a JSON text; it need not be sound. */
class Walk {
  private at = 0
  private out = ''
  private copied = 0
  /** For each open bracket: whether it belongs to a person, and for an object the key that is being read. */
  private readonly open: { readonly object: boolean; readonly personal: boolean; key: string | undefined }[] = []

  constructor(
    private readonly text: string,
    private readonly depth: number,
  ) {}

  masked(): string {
    for (; this.at < this.text.length; this.at++) this.step(this.text[this.at] ?? '')
    return this.out + this.text.slice(this.copied)
  }

  private step(char: string): void {
    const inside = this.open.at(-1)
    if (char === '"') this.string()
    else if (char === '{' || char === '[')
      this.open.push({ object: char === '{', personal: this.isPersonalHere(), key: undefined })
    else if (char === '}' || char === ']') this.open.pop()
    else if (char === ',' && inside !== undefined) inside.key = undefined
    else if (char === '-' || (char >= '0' && char <= '9')) this.number()
  }

  private isPersonalHere(): boolean {
    const inside = this.open.at(-1)
    return inside !== undefined && (inside.personal || (inside.key !== undefined && isPersonal(inside.key)))
  }

  private string(): void {
    const from = this.at
    const to = endOf(this.text, from)
    this.at = to
    const inside = this.open.at(-1)
    if (inside?.object === true && inside.key === undefined) {
      inside.key = decoded(this.text.slice(from, to + 1)) ?? this.text.slice(from + 1, to)
      return
    }
    const value = decoded(this.text.slice(from, to + 1))
    const raw = value ?? this.text.slice(from + 1, to)
    const shown = this.isPersonalHere() ? maskedWhole(raw) : maskText(raw, this.depth + 1)
    if (shown !== raw) this.replace(from, to + 1, JSON.stringify(shown))
  }

  private number(): void {
    const from = this.at
    while (/[\d.eE+-]/.test(this.text[this.at + 1] ?? '')) this.at++
    const digits = this.text.slice(from, this.at + 1)
    const shown = this.isPersonalHere() ? masked(digits) : withoutPhones(digits)
    if (shown !== digits) this.replace(from, this.at + 1, JSON.stringify(shown))
  }

  private replace(from: number, to: number, by: string): void {
    this.out += this.text.slice(this.copied, from) + by
    this.copied = to
  }
}

/** A person's value that is JSON itself keeps its form, but nothing of what it says. */
const maskedWhole = (raw: string): string => {
  const start = raw.trimStart()[0]
  return start === '{' || start === '[' ? '***' : masked(raw)
}

function endOf(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i
  }
  return text.length
}

function decoded(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
