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

/** What the forms call their fields. A field that is not here is shown by its name in the API. */
const FIELD_NAMES: Readonly<Record<string, Term>> = {
  login: { zh: '登录名', en: 'Login' },
  displayName: { zh: '姓名', en: 'Name' },
  password: { zh: '密码', en: 'Password' },
  next: { zh: '新密码', en: 'New password' },
  current: { zh: '现在的密码', en: 'Current password' },
  code: { zh: '验证码', en: 'Code' },
  role: { zh: '角色', en: 'Role' },
  stores: { zh: '店铺', en: 'Stores' },
  label: { zh: '用途', en: 'Purpose' },
  permissions: { zh: '权限', en: 'Permissions' },
  expiresAt: { zh: '有效期', en: 'Expiry' },
}

export const fieldNameOf = (name: string): Term =>
  Object.hasOwn(FIELD_NAMES, name) ? (FIELD_NAMES[name] as Term) : { zh: name, en: name }

/** Undefined for a code of a newer server. */
export const fieldWordsOf = (code: string): Term | undefined =>
  Object.hasOwn(FIELD_WORDS, code) ? FIELD_WORDS[code as FieldCode] : undefined
