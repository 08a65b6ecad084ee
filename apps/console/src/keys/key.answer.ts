import { ApiSchema } from '@nestjs/swagger'
import { PERMISSIONS } from '#access'
import { InstantField, Many, One, OneOf, Text, Texts } from '../openapi/fields'

@ApiSchema({ name: 'ApiKey' })
export class KeyAnswer {
  @Text({ description: 'Sixteen hex digits.' })
  id: string

  @Text()
  label: string

  @OneOf(PERMISSIONS, 'Permission', { isArray: true })
  permissions: string[]

  @Texts({ nullable: true, description: 'Numbers of stores; null: all.' })
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
  @Many(() => KeyAnswer, { description: 'Newest first, revoked ones too.' })
  items: KeyAnswer[]
}

@ApiSchema({ name: 'CreatedApiKey' })
export class CreatedKey {
  @One(() => KeyAnswer)
  key: KeyAnswer

  @Text({ description: 'For `Authorization: Bearer …`. It is shown once.', example: 'shk_…' })
  secret: string
}
