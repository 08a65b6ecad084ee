import type { ValidationError } from '@nestjs/common'
import { ValidationPipe } from '@nestjs/common'
import { Transform } from 'class-transformer'
import { Problem, type FieldError } from './problem.filter'

/** Every input is checked against its class; what is not in the class is refused. The answer names the fields, never their values. */
export const strictValidation = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new Problem(400, 'Some of what was asked cannot be understood.', errors.flatMap(fieldErrors)),
  })

const NAME = /^\w{1,40}$/

function fieldErrors(error: ValidationError): FieldError[] {
  const pointer = NAME.test(error.property) ? `#/${error.property}` : '#'
  const texts = Object.entries(error.constraints ?? {}).map(([rule, text]) =>
    rule === 'whitelistValidation' ? 'is not known here' : text,
  )
  return [...texts.map((detail) => ({ pointer, detail })), ...(error.children ?? []).flatMap(fieldErrors)]
}

const INTEGER = /^\d{1,15}$/
const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/

/** Digits become a number; anything else stays what it is, for the check to refuse. */
export const AsInteger = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && INTEGER.test(value) ? Number(value) : value,
  )

/** An ISO 8601 time with its zone becomes UTC ms; anything else stays what it is, for the check to refuse. */
export const AsInstant = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? instantOf(value) : value))

function instantOf(text: string): number | string {
  const [, year, month, day] = INSTANT.exec(text) ?? []
  if (year === undefined) return text
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  const at = Date.parse(text)
  return Number.isFinite(at) && Number(day) <= lastDay && at >= 0 ? at : text
}

/** `a,b` becomes `['a', 'b']`. */
export const AsList = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
