import { ApiSchema } from '@nestjs/swagger'
import { Text } from './fields'

@ApiSchema({ name: 'Term', description: 'The same words in Chinese and English.' })
export class TermAnswer {
  @Text({ example: '仅退款' })
  zh: string

  @Text({ example: 'Refund only' })
  en: string
}
