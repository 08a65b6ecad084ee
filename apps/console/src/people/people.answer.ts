import { ApiSchema } from '@nestjs/swagger'
import { ROLES } from '#access'
import {
  FlagField,
  InstantField,
  ObjectListField,
  EnumField,
  TextField,
  TextListField,
  UuidField,
} from '../openapi/field-decorators'

@ApiSchema({ name: 'Person', description: 'A colleague, with role and stores.' })
export class PersonAnswer {
  @UuidField()
  id: string

  @TextField()
  login: string

  @TextField()
  displayName: string

  @EnumField(ROLES, 'Role')
  role: string

  @TextListField({ nullable: true, description: 'Numbers of stores; null: all.' })
  stores: string[] | null

  @InstantField()
  grantedAt: string

  @InstantField({ nullable: true, description: 'Set: may not log in.' })
  disabledAt: string | null

  @FlagField()
  secondFactor: boolean

  @InstantField({ nullable: true })
  lastSeenAt: string | null
}

@ApiSchema({ name: 'Invitation', description: 'A link that was not opened yet.' })
export class InvitationAnswer {
  @UuidField()
  id: string

  @EnumField(ROLES, 'Role')
  role: string

  @TextListField({ nullable: true, description: 'Numbers of stores; null: all.' })
  stores: string[] | null

  @TextField({ nullable: true, description: 'Null: the person chooses one.' })
  login: string | null

  @InstantField()
  expiresAt: string
}

export class PeopleList {
  @ObjectListField(() => PersonAnswer)
  items: PersonAnswer[]

  @ObjectListField(() => InvitationAnswer)
  invitations: InvitationAnswer[]
}

@ApiSchema({ name: 'OneTimeLink' })
export class OneTimeLink {
  @TextField({
    description: 'Below the address of the console. It is shown once and can be opened once.',
    example: '/enter#…',
  })
  path: string

  @InstantField()
  expiresAt: string
}
