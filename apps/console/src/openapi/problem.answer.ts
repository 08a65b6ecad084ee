import { ApiSchema } from '@nestjs/swagger'
import { Count, Many, OneOf, Text } from './fields'
import type { FieldCode, ProblemCode } from '../problems/problem-codes'
import { FIELD_CODES, PROBLEM_CODES } from '../problems/problem-codes'

@ApiSchema({ name: 'FieldError', description: 'One field of the request that is wrong.' })
export class FieldErrorAnswer {
  @Text({ description: 'Names the field as a JSON pointer into the request.', example: '#/judged' })
  pointer: string

  @OneOf(FIELD_CODES, 'FieldCode')
  code: FieldCode

  @Text({ example: 'must be whole fen' })
  detail: string
}

@ApiSchema({ name: 'Warning', description: 'A warning that a person must confirm before the action is done.' })
export class WarningAnswer {
  @Text({ example: 'BuyerHistoryUnknown' })
  warning: string

  @Text()
  zh: string

  @Text()
  en: string
}

@ApiSchema({
  name: 'Problem',
  description: 'Every error (RFC 9457). `code` is stable: compare that one, the texts may change.',
})
export class ProblemAnswer {
  @Text({ example: 'about:blank' })
  type: string

  @Text({ example: 'Not found' })
  title: string

  @Count({ example: 404 })
  status: number

  @OneOf(PROBLEM_CODES, 'ProblemCode')
  code: ProblemCode

  @Text({ description: 'What happened and what to do.' })
  detail: string

  @Text({ required: false, description: 'The path that was asked for.', example: '/api/cases/…' })
  instance?: string

  @Many(() => FieldErrorAnswer, { required: false, description: 'The fields that are wrong.' })
  errors?: FieldErrorAnswer[]

  @Text({ required: false, description: '`action-refused`: why the action was refused.', example: 'MustBeConfirmed' })
  reason?: string

  @Text({
    required: false,
    nullable: true,
    description: '`action-refused`: the trade rule behind it.',
    example: 'R056',
  })
  rule?: string | null

  @Many(() => WarningAnswer, { required: false, description: '`action-refused`: what must be confirmed first.' })
  warnings?: WarningAnswer[]

  @Text({
    required: false,
    nullable: true,
    description: '`action-refused`: send it back as `confirmation` to confirm the warnings.',
  })
  confirmation?: string | null

  @Text({ required: false, description: '`forbidden`: the permission that is missing.', example: 'cases.act' })
  permission?: string

  @Text({ required: false, description: '429: when the next attempt may be made; `Retry-After` says it in seconds.' })
  until?: string

  @Text({ required: false, description: '`sealed-unreadable`: what is wrong with the sealed value.' })
  trouble?: string
}
