import type { ValidationError } from '@nestjs/common'
import type { FieldCode, FieldError } from './problem-codes'
import { FIELD_CODES } from './problem-codes'

/** Names that may be repeated in an answer; the sender chooses the names of unknown fields. */
const FIELD_NAME = /^\w{1,40}$/
/** The field code for each check of class-validator. */
const CODE_OF_CHECK: Readonly<Record<string, FieldCode>> = {
  whitelistValidation: 'unknown-field',
  isDefined: 'missing',
  isInt: 'wrong-type',
  isString: 'wrong-type',
  isBoolean: 'wrong-type',
  isArray: 'wrong-type',
  isObject: 'wrong-type',
  nestedValidation: 'wrong-type',
  isIn: 'not-an-option',
  matches: 'wrong-form',
  min: 'out-of-range',
  max: 'out-of-range',
  isLength: 'wrong-length',
  arrayMinSize: 'wrong-length',
  arrayMaxSize: 'wrong-length',
  arrayUnique: 'named-twice',
}

/** What is wrong with a field and with its nested fields; names of unknown fields are not repeated. */
export function fieldErrorsOf(error: ValidationError, within = '#'): FieldError[] {
  const pointer = FIELD_NAME.test(error.property) ? `${within}/${error.property}` : '#'
  const own = Object.entries(error.constraints ?? {}).map(([rule, text]) => ({
    pointer,
    code: Object.hasOwn(CODE_OF_CHECK, rule) ? (CODE_OF_CHECK[rule] as FieldCode) : 'wrong-form',
    detail: rule === 'whitelistValidation' ? FIELD_CODES['unknown-field'] : text,
  }))
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrorsOf(child, pointer))]
}
