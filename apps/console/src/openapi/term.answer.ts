import { ApiSchema } from '@nestjs/swagger'
import { TextField } from './field-decorators'

@ApiSchema({ name: 'Term', description: 'The same words in Chinese and English.' })
export class TermAnswer {
  @TextField({ example: '仅退款' })
  zh: string

  @TextField({ example: 'Refund only' })
  en: string
}
