import type { FieldError, Term } from '../api/schema'

type FieldCode = FieldError['code']

/** What is wrong with one field, by the code of its error; it follows the name of the field. */
export const FIELD_WORDS: Readonly<Record<FieldCode, Term>> = {
  'unknown-field': { zh: '没有这一项', en: 'is not a known field' },
  missing: { zh: '缺少', en: 'is missing' },
  'wrong-type': { zh: '类型不对', en: 'has the wrong type' },
  'not-an-option': { zh: '不在可选范围内', en: 'is not one of the options' },
  'wrong-form': { zh: '格式不对', en: 'has the wrong format' },
  'out-of-range': { zh: '超出范围', en: 'is out of range' },
  'wrong-length': { zh: '太短或太长', en: 'is too short or too long' },
  'named-twice': { zh: '有重复', en: 'contains a duplicate' },
  'not-here': { zh: '不存在', en: 'does not exist' },
  'unstorable-text': { zh: '含有无法保存的字符', en: 'contains characters that cannot be stored' },
  'too-deep': { zh: '嵌套太深', en: 'is nested too deeply' },
  'not-usable': { zh: '不可用', en: 'is not valid' },
}

/** Undefined for a code of a newer server. */
export const fieldWordsOf = (code: string): Term | undefined =>
  Object.hasOwn(FIELD_WORDS, code) ? FIELD_WORDS[code as FieldCode] : undefined
