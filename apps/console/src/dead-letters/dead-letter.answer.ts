import { ApiProperty, ApiSchema } from '@nestjs/swagger'
import { CountField, FlagField, InstantField, ObjectListField, TextField } from '../openapi/field-decorators'

@ApiSchema({ description: 'A Kafka message that could not be published, or that a consumer could not process.' })
export class DeadLetterItem {
  @TextField()
  id: string

  @TextField({ description: 'Who could not process it.' })
  consumer: string

  @TextField()
  eventId: string

  @TextField({ nullable: true, description: 'The type of the event, where its headers name one.' })
  type: string | null

  @TextField()
  topic: string

  @TextField()
  caseId: string

  @TextField()
  reason: string

  @CountField()
  bytes: number

  @InstantField()
  at: string

  @InstantField({ nullable: true, description: 'When an operator last asked to send it again.' })
  wantedAgainAt: string | null

  @InstantField({ nullable: true })
  sentAgainAt: string | null
}

@ApiSchema({ name: 'DeadLetter' })
export class DeadLetterAnswer extends DeadLetterItem {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  headers: Record<string, string>

  @TextField({ description: 'With names, phones and addresses masked; long messages are cut.' })
  text: string
}

export class DeadLettersPage {
  @ObjectListField(() => DeadLetterItem)
  items: DeadLetterItem[]

  @TextField({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}

export class DeadLetterWanted {
  @TextField()
  id: string

  @FlagField({ description: 'Always true: the worker that publishes sends it in a moment.' })
  wanted: true
}
