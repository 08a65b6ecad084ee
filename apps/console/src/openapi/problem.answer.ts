import { ApiSchema } from '@nestjs/swagger'
import { AssignmentAnswer } from '../teamwork/teamwork.answer'
import { CountField, ObjectField, ObjectListField, EnumField, TextField } from './field-decorators'
import type { FieldCode, ProblemCode } from '../problems/problem-codes'
import { FIELD_CODES, PROBLEM_CODES } from '../problems/problem-codes'

@ApiSchema({ name: 'FieldError', description: 'One field of the request that is wrong.' })
export class FieldErrorAnswer {
  @TextField({ description: 'Names the field as a JSON pointer into the request.', example: '#/judged' })
  pointer: string

  @EnumField(FIELD_CODES, 'FieldCode')
  code: FieldCode

  @TextField({ example: 'must be whole fen' })
  detail: string
}

@ApiSchema({ name: 'Warning', description: 'A warning that a person must confirm before the action is done.' })
export class WarningAnswer {
  @TextField({ example: 'BuyerHistoryUnknown' })
  warning: string

  @TextField()
  zh: string

  @TextField()
  en: string
}

@ApiSchema({
  name: 'Problem',
  description: 'Every error (RFC 9457). `code` is stable: compare that one, the texts may change.',
})
export class ProblemAnswer {
  @TextField({ example: 'about:blank' })
  type: string

  @TextField({ example: 'Not found' })
  title: string

  @CountField({ example: 404 })
  status: number

  @EnumField(PROBLEM_CODES, 'ProblemCode')
  code: ProblemCode

  @TextField({ description: 'What happened and what to do.' })
  detail: string

  @TextField({ required: false, description: 'The path that was asked for.', example: '/api/cases/…' })
  instance?: string

  @ObjectListField(() => FieldErrorAnswer, { required: false, description: 'The fields that are wrong.' })
  errors?: FieldErrorAnswer[]

  @ObjectField(() => AssignmentAnswer, {
    required: false,
    nullable: true,
    description: '`assigned-meanwhile`: who has the case now, and since when; null: unassigned.',
  })
  assignment?: AssignmentAnswer | null

  @TextField({
    required: false,
    description:
      '`action-refused`, `no-right-answer`: why. `oidc-declined`, `oidc-code-refused`: the code of the provider.',
    example: 'MustBeConfirmed',
  })
  reason?: string

  @TextField({
    required: false,
    nullable: true,
    description: '`action-refused`: the trade rule behind it.',
    example: 'R056',
  })
  rule?: string | null

  @ObjectListField(() => WarningAnswer, {
    required: false,
    description: '`action-refused`: what must be confirmed first.',
  })
  warnings?: WarningAnswer[]

  @TextField({
    required: false,
    nullable: true,
    description: '`action-refused`: send it back as `confirmation` to confirm the warnings.',
  })
  confirmation?: string | null

  @TextField({ required: false, description: '`forbidden`: the permission that is missing.', example: 'cases.act' })
  permission?: string

  @TextField({
    required: false,
    description: '429: when the next attempt may be made; `Retry-After` says it in seconds.',
  })
  until?: string

  @TextField({ required: false, description: '`oidc-wanted`: what follows `?org=` in the log-in link.' })
  organisation?: string

  @TextField({ required: false, description: '`sealed-unreadable`: what is wrong with the sealed value.' })
  trouble?: string
}
