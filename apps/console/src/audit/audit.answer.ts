import { ApiSchema } from '@nestjs/swagger'
import { Count, Document, InstantField, Many, Text } from '../openapi/fields'

@ApiSchema({ name: 'AuditEntry' })
export class AuditEntryAnswer {
  @Count({ description: 'Counts from 1 without a gap.' })
  n: number

  @InstantField()
  at: string

  @Text({ description: '`person:<id>`, `key:<id>`, `process:<name>` or `anonymous`.' })
  actor: string

  @Text({ nullable: true, description: 'The name of the person or key today; null: unknown.' })
  actorName: string | null

  @Text({ example: 'case.acted' })
  action: string

  @Text({ description: '`<thing>:<id>`.' })
  subject: string

  @Document({ description: 'Ids, numbers and codes; never personal data.' })
  details: Record<string, unknown>
}

export class AuditPage {
  @Many(() => AuditEntryAnswer, { description: 'Newest first.' })
  items: AuditEntryAnswer[]

  @Text({ nullable: true, description: 'The cursor of the next page; null: this is the last.' })
  next: string | null
}
