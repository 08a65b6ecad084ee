import { ApiSchema } from '@nestjs/swagger'
import { Count, Text } from '../openapi/fields'

@ApiSchema({ name: 'RevealedBuyer' })
export class RevealedBuyer {
  @Text({ nullable: true, description: 'In clear; null: the marketplace has not told it.' })
  value: string | null

  @Count({ description: 'How many more the caller may see today.' })
  left: number
}
