import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { InstantField, Many, One, Text } from '../openapi/fields'

@ApiSchema({ name: 'Grant', description: 'One account’s right to work on the strategies of one store.' })
export class GrantAnswer {
  @Text()
  account: string

  @One(() => StoreNameAnswer)
  store: StoreNameAnswer

  @InstantField()
  grantedAt: string

  @Text()
  grantedBy: string

  @InstantField({ nullable: true, description: 'Null: it is in force.' })
  endedAt: string | null

  @Text({ nullable: true })
  endedBy: string | null
}

export class GrantList {
  @Text({ nullable: true, description: 'Null: none is named beside the owners, who always count as it.' })
  mainAccount: string | null

  @Many(() => GrantAnswer, { description: 'Those in force first.' })
  items: GrantAnswer[]
}

export class MainAccount {
  @Text()
  mainAccount: string
}

export class GrantedStore {
  @Text()
  account: string

  @Text({ description: 'Id of the store.' })
  store: string
}
