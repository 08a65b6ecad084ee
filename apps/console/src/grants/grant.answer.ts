import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { InstantField, ObjectListField, ObjectField, TextField, UuidField } from '../openapi/field-decorators'

@ApiSchema({ name: 'Grant', description: 'One account’s right to work on the strategies of one store.' })
export class GrantAnswer {
  @TextField({ description: 'The login of the person.' })
  account: string

  @UuidField({
    nullable: true,
    description: 'Null for a grant of the time before people: that of the person with the login `account`.',
  })
  person: string | null

  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @InstantField()
  grantedAt: string

  @TextField()
  grantedBy: string

  @InstantField({ nullable: true, description: 'Null: it is in force.' })
  endedAt: string | null

  @TextField({ nullable: true })
  endedBy: string | null
}

export class GrantList {
  @TextField({ nullable: true, description: 'Null: none is named beside the owners, who always count as it.' })
  mainAccount: string | null

  @ObjectListField(() => GrantAnswer, { description: 'Those in force first.' })
  items: GrantAnswer[]
}

export class MainAccount {
  @TextField()
  mainAccount: string
}

export class GrantedStore {
  @TextField()
  account: string

  @TextField({ description: 'Id of the store.' })
  store: string
}
