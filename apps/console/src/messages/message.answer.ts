import { ApiSchema } from '@nestjs/swagger'
import { Count, InstantField, Text } from '../openapi/fields'

@ApiSchema({ name: 'Message', description: 'A message as the marketplace sent it.' })
export class MessageAnswer {
  @Text()
  id: string

  @Text({ description: 'How it came: pushed, pulled from a list, or read.' })
  channel: string

  @Text({ nullable: true })
  marketplace: string | null

  @InstantField()
  receivedAt: string

  @Count({ description: 'The length of the whole message.' })
  bytes: number

  @Text({ description: 'With names, phones and addresses masked; long messages are cut.' })
  text: string
}
