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
  'login-unusable': { zh: '不能用作登录名', en: 'cannot be used as a login' },
  'login-taken': { zh: '已被他人使用', en: 'is taken by another person' },
  'password-too-short': { zh: '太短，至少 12 个字符', en: 'is too short: at least 12 characters' },
  'password-too-long': { zh: '太长，最多 128 个字符', en: 'is too long: at most 128 characters' },
  'password-common': { zh: '太常见，请换一个', en: 'is too common, choose another one' },
  'password-contains-login': { zh: '不能含有登录名或姓名', en: 'must not contain the login or the name' },
}

/** Undefined for a code of a newer server. */
export const fieldWordsOf = (code: string): Term | undefined =>
  Object.hasOwn(FIELD_WORDS, code) ? FIELD_WORDS[code as FieldCode] : undefined
