import { ApiProperty, ApiSchema } from '@nestjs/swagger'
import { Count, Flag, InstantField, Many, Text } from '../openapi/fields'

@ApiSchema({ description: 'A Kafka message that could not be published, or that a consumer could not process.' })
export class DeadLetterItem {
  @Text()
  id: string

  @Text({ description: 'Who could not process it.' })
  consumer: string

  @Text()
  eventId: string

  @Text({ nullable: true, description: 'The type of the event, where its headers name one.' })
  type: string | null

  @Text()
  topic: string

  @Text()
  caseId: string

  @Text()
  reason: string

  @Count()
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

  @Text({ description: 'With names, phones and addresses masked; long messages are cut.' })
  text: string
}

export class DeadLettersPage {
  @Many(() => DeadLetterItem)
  items: DeadLetterItem[]

  @Text({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}

export class DeadLetterWanted {
  @Text()
  id: string

  @Flag({ description: 'Always true: the worker that publishes sends it in a moment.' })
  wanted: true
}
