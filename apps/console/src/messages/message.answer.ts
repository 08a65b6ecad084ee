import { ApiSchema } from '@nestjs/swagger'
import { CountField, InstantField, TextField } from '../openapi/field-decorators'

@ApiSchema({ name: 'Message', description: 'A message as the marketplace sent it.' })
export class MessageAnswer {
  @TextField()
  id: string

  @TextField({ description: 'How it came: pushed, pulled from a list, or read.' })
  channel: string

  @TextField({ nullable: true })
  marketplace: string | null

  @InstantField()
  receivedAt: string

  @CountField({ description: 'The length of the whole message.' })
  bytes: number

  @TextField({ description: 'With names, phones and addresses masked; long messages are cut.' })
  text: string
}
