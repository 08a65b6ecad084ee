import type { ArgumentMetadata } from '@nestjs/common'
import { Injectable, ValidationPipe, applyDecorators } from '@nestjs/common'
import { Transform, Type } from 'class-transformer'
import { IsArray, IsObject, ValidateIf, ValidateNested } from 'class-validator'
import { fieldErrorsOf } from '../problems/field-errors'
import { findInputFlaw } from './input-flaws'
import type { FieldError } from '../problems/problem-codes'
import type { Problem } from '../problems/problem.filter'
import { problemOf } from '../problems/problem.filter'

/**
 * Every input is validated against its class; unknown fields are refused. The answer names the fields, never their values.
 * Nesting, and characters that the database cannot store, are checked first: no validation class can express them.
 */
@Injectable()
export class StrictValidation extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      transform: true,
      stopAtFirstError: true,
      validationError: { target: false, value: false },
      exceptionFactory: (errors) => validationProblem(errors.flatMap((error) => fieldErrorsOf(error))),
    })
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const flaw = findInputFlaw(value)
    if (flaw !== undefined) return Promise.reject(validationProblem([flaw]))
    // A missing body is validated as an empty one.
    return super.transform(metadata.type === 'body' ? (value ?? {}) : value, metadata) as Promise<unknown>
  }
}

const validationProblem = (errors: readonly FieldError[]): Problem => problemOf('not-understood', { errors })

/** May be absent; `null` is not absent. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined)

/** An object of its own class: no list, no null. */
export const Nested = (classOf: () => new () => object): PropertyDecorator =>
  applyDecorators(IsObject(), ValidateNested(), Type(classOf))

/** A list of objects of their own class: no list in it, no null. */
export const NestedList = (classOf: () => new () => object): PropertyDecorator =>
  applyDecorators(IsArray(), IsObject({ each: true }), ValidateNested({ each: true }), Type(classOf))

/** 15 digits: every such number is below 2^53, so it is exact. */
const INTEGER_TEXT = /^\d{1,15}$/
const INSTANT_TEXT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** Digits become a number; anything else stays as it is and fails the validation. */
export const AsInteger = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && INTEGER_TEXT.test(value) ? Number(value) : value,
  )

/** An ISO 8601 time with its zone becomes UTC ms; anything else stays as it is and fails the validation. */
export const AsInstant = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? parseInstant(value) : value))

/** UTC ms, or the text itself if it is no instant since 1970. `Date.parse` takes 31 February for 3 March, so the day is checked. */
function parseInstant(text: string): number | string {
  const [, year, month, day] = INSTANT_TEXT.exec(text) ?? []
  if (year === undefined) return text
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  const at = Date.parse(text)
  return Number.isFinite(at) && Number(day) <= lastDay && at >= 0 ? at : text
}

/** `a,b` becomes `['a', 'b']`. */
export const AsList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
