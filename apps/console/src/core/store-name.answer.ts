import { ApiSchema } from '@nestjs/swagger'
import { Text } from '../openapi/fields'

@ApiSchema({ name: 'StoreName' })
export class StoreNameAnswer {
  @Text({ example: '1' })
  id: string

  @Text({ example: '拾光旗舰店' })
  name: string
}
