import { ApiSchema } from '@nestjs/swagger'
import {
  CountField,
  JsonField,
  InstantField,
  ObjectListField,
  ObjectField,
  TextField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'

export class MessageReference {
  @TextField({ description: 'See GET /api/messages/{id}.' })
  id: string

  @TextField()
  channel: string

  @InstantField()
  receivedAt: string
}

@ApiSchema({ description: 'One event of a case.' })
export class TimelineEvent {
  @CountField({ description: 'The version of the case after this event.' })
  version: number

  @TextField({ example: 'StatusChanged' })
  type: string

  @InstantField({ description: 'When it happened, as the marketplace says.' })
  at: string

  @InstantField({ description: 'When it was recorded here.' })
  recordedAt: string

  @ObjectField(() => TermAnswer)
  summary: TermAnswer

  @JsonField({ description: 'What changed, by the names of the fields; personal data masked.' })
  changes: Record<string, unknown>

  @ObjectField(() => MessageReference, { nullable: true, description: 'The message that reported it.' })
  message: MessageReference | null
}

export class TimelinePage {
  @ObjectListField(() => TimelineEvent)
  items: TimelineEvent[]

  @CountField({ nullable: true, description: '`before` of the next page; null: this is the last one.' })
  next: number | null
}
