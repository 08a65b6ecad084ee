import { ApiSchema } from '@nestjs/swagger'
import { PERMISSIONS } from '#access'
import {
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  TextListField,
} from '../openapi/field-decorators'

@ApiSchema({ name: 'ApiKey' })
export class KeyAnswer {
  @TextField({ description: 'Sixteen hex digits.' })
  id: string

  @TextField()
  label: string

  @EnumField(PERMISSIONS, 'Permission', { isArray: true })
  permissions: string[]

  @TextListField({ nullable: true, description: 'Numbers of stores; null: all.' })
  stores: string[] | null

  @InstantField()
  createdAt: string

  @InstantField()
  expiresAt: string

  @InstantField({ nullable: true, description: 'To the minute; null: never.' })
  lastUsedAt: string | null

  @InstantField({ nullable: true })
  revokedAt: string | null
}

export class KeyList {
  @ObjectListField(() => KeyAnswer, { description: 'Newest first, revoked ones too.' })
  items: KeyAnswer[]
}

@ApiSchema({ name: 'CreatedApiKey' })
export class CreatedKey {
  @ObjectField(() => KeyAnswer)
  key: KeyAnswer

  @TextField({ description: 'For `Authorization: Bearer …`. It is shown once.', example: 'shk_…' })
  secret: string
}
