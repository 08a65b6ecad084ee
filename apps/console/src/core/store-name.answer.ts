import { ApiSchema } from '@nestjs/swagger'
import { TextField } from '../openapi/field-decorators'

@ApiSchema({ name: 'StoreName' })
export class StoreNameAnswer {
  @TextField({ example: '1' })
  id: string

  @TextField({ example: '拾光旗舰店' })
  name: string
}
