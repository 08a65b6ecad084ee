import { maskName, maskPhone } from '#access'

/**
 * Masks names, phones and addresses in a marketplace's message wherever they occur, also in JSON inside strings. Everything
 * else keeps its exact characters, so that no digit of an id is lost.
 */
export const maskPersonalData = (text: string): string => maskText(text, 0)

/** Chinese mobile numbers in running text. */
const PHONE = /(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g
/** Masks the middle digits of every mobile number in a text. */
export const maskPhones = (text: string): string => text.replace(PHONE, (phone) => maskPhone(phone.slice(-11)))

/** Parts of keys, in lower case without separators. When in doubt a key counts as personal: masking too much is a nuisance, too little a breach. */
const PERSONAL_KEY =
  /receiv(?!ed|e_?time)|consignee|recipient|addressee|buyer|customer|contact|nick|realname|fullname|username|membername|phone|mobile|tel(?:ephone)?$|^tel|addr|province|^city|cityname|district|^town|street|postcode|zipcode|idcard|idno$|identity|bankcard|cardno|account(?!type)|alipay|wechat|email|openid|unionid|avatar|birth|收货人|买家|姓名|名字|电话|手机|地址|联系|微信/
const NAME = /name$/
/** A name of goods, shops, carriers …: not of a person. */
const NAME_OF_THING =
  /(?:goods|product|prod|sku|spu|shop|store|ship|shipping|logistics|company|express|carrier|spec|category|cate|brand|method|type|event|tag|mall|item|status|reason|api|file|field|class|service|promotion|activity|coupon|attr|property|key|option|warehouse|template|display|channel|source|platform|order|gift|pay|refund|stage|flow|action)name$/
/** A personal word with such an ending names a property, e.g. `phone_status`, not the person. */
const HARMLESS_KEY = /(?:status|state|type|time|count|num|flag|code|amount|fee|money|reason|mark)$/
/** Strings that hold JSON are opened this deep; deeper ones are masked as plain text. A limit, so that hostile input cannot exhaust the stack. */
const MAX_NESTING = 64

export function isPersonal(key: string): boolean {
  const word = key.toLowerCase().replace(/[_\-. ]/g, '')
  if (NAME.test(word)) return !NAME_OF_THING.test(word)
  return PERSONAL_KEY.test(word) && !HARMLESS_KEY.test(word)
}

function maskText(text: string, depth: number): string {
  const start = text.trimStart()[0]
  return depth < MAX_NESTING && (start === '{' || start === '[') ? new JsonMasker(text, depth).mask() : maskPhones(text)
}

/** Digits are masked as a phone and a short text as a name; a longer text, e.g. an address, is replaced as a whole. */
const maskValue = (value: string): string =>
  /^\+?[\d -]{7,20}$/.test(value) ? maskPhone(value) : value.length > 0 && value.length <= 6 ? maskName(value) : '***'

/**
 * Masks a JSON text in one pass over its characters. No JSON parser: it would round long ids and reject a message that is cut or malformed,
 * which must be masked, too.
 */
class JsonMasker {
  private at = 0
  private out = ''
  /** Up to here the text is in `out`. */
  private copied = 0
  /** For each open bracket: whether it belongs to a person, and for an object the key that is being read. */
  private readonly open: { readonly object: boolean; readonly personal: boolean; key: string | undefined }[] = []

  constructor(
    private readonly text: string,
    private readonly depth: number,
  ) {}

  mask(): string {
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
    const to = findStringEnd(this.text, from)
    this.at = to
    const inside = this.open.at(-1)
    if (inside?.object === true && inside.key === undefined) {
      inside.key = parseStringLiteral(this.text.slice(from, to + 1)) ?? this.text.slice(from + 1, to)
      return
    }
    const value = parseStringLiteral(this.text.slice(from, to + 1))
    const raw = value ?? this.text.slice(from + 1, to)
    const maskedText = this.isPersonalHere() ? maskPersonalValue(raw) : maskText(raw, this.depth + 1)
    if (maskedText !== raw) this.replace(from, to + 1, JSON.stringify(maskedText))
  }

  private number(): void {
    const from = this.at
    while (/[\d.eE+-]/.test(this.text[this.at + 1] ?? '')) this.at++
    const digits = this.text.slice(from, this.at + 1)
    const maskedDigits = this.isPersonalHere() ? maskValue(digits) : maskPhones(digits)
    if (maskedDigits !== digits) this.replace(from, this.at + 1, JSON.stringify(maskedDigits))
  }

  private replace(from: number, to: number, replacement: string): void {
    this.out += this.text.slice(this.copied, from) + replacement
    this.copied = to
  }
}

/** A personal value that is JSON itself is masked as a whole: its parts may have keys that do not look personal. */
const maskPersonalValue = (raw: string): string => {
  const start = raw.trimStart()[0]
  return start === '{' || start === '[' ? '***' : maskValue(raw)
}

function findStringEnd(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === '"') return i
  }
  return text.length
}

function parseStringLiteral(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
