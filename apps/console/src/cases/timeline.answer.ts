import { ApiSchema } from '@nestjs/swagger'
import { Count, Document, InstantField, Many, One, Text } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'

export class MessageReference {
  @Text({ description: 'See GET /api/messages/{id}.' })
  id: string

  @Text()
  channel: string

  @InstantField()
  receivedAt: string
}

@ApiSchema({ description: 'One event of a case.' })
export class TimelineEvent {
  @Count({ description: 'The version of the case after this event.' })
  version: number

  @Text({ example: 'StatusChanged' })
  type: string

  @InstantField({ description: 'When it happened, as the marketplace says.' })
  at: string

  @InstantField({ description: 'When it was recorded here.' })
  recordedAt: string

  @One(() => TermAnswer)
  summary: TermAnswer

  @Document({ description: 'What changed, by the names of the fields; personal data masked.' })
  changes: Record<string, unknown>

  @One(() => MessageReference, { nullable: true, description: 'The message that reported it.' })
  message: MessageReference | null
}

export class TimelinePage {
  @Many(() => TimelineEvent)
  items: TimelineEvent[]

  @Count({ nullable: true, description: '`before` of the next page; null: this is the last one.' })
  next: number | null
}
