import { ApiSchema } from '@nestjs/swagger'
import { CountField, TextField } from '../openapi/field-decorators'

@ApiSchema({ name: 'RevealedBuyer' })
export class RevealedBuyer {
  @TextField({ nullable: true, description: 'In clear; null: the marketplace has not reported it.' })
  value: string | null

  @CountField({ description: 'How many more the caller may see today.' })
  left: number
}
