import { ApiSchema } from '@nestjs/swagger'
import { CountField, JsonField, InstantField, ObjectListField, TextField } from '../openapi/field-decorators'

@ApiSchema({ name: 'AuditEntry' })
export class AuditEntryAnswer {
  @CountField({ description: 'Counts from 1 without a gap.' })
  n: number

  @InstantField()
  at: string

  @TextField({ description: '`person:<id>`, `key:<id>`, `process:<name>` or `anonymous`.' })
  actor: string

  @TextField({ nullable: true, description: 'The name of the person or key today; null: unknown.' })
  actorName: string | null

  @TextField({ example: 'case.acted' })
  action: string

  @TextField({ description: '`<thing>:<id>`.' })
  subject: string

  @JsonField({ description: 'Ids, numbers and codes; never personal data.' })
  details: Record<string, unknown>
}

export class AuditPage {
  @ObjectListField(() => AuditEntryAnswer, { description: 'Newest first.' })
  items: AuditEntryAnswer[]

  @TextField({ nullable: true, description: 'The cursor of the next page; null: this is the last.' })
  next: string | null
}
