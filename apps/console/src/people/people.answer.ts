import { ApiSchema } from '@nestjs/swagger'
import { ROLES } from '#access'
import { Flag, InstantField, Many, OneOf, Text, Texts, Uuid } from '../openapi/fields'

@ApiSchema({ name: 'Person', description: 'A colleague, with role and stores.' })
export class PersonAnswer {
  @Uuid()
  id: string

  @Text()
  login: string

  @Text()
  displayName: string

  @OneOf(ROLES, 'Role')
  role: string

  @Texts({ nullable: true, description: 'Numbers of stores; null: all.' })
  stores: string[] | null

  @InstantField()
  grantedAt: string

  @InstantField({ nullable: true, description: 'Set: may not log in.' })
  disabledAt: string | null

  @Flag()
  secondFactor: boolean

  @InstantField({ nullable: true })
  lastSeenAt: string | null
}

@ApiSchema({ name: 'Invitation', description: 'A link that was not opened yet.' })
export class InvitationAnswer {
  @Uuid()
  id: string

  @OneOf(ROLES, 'Role')
  role: string

  @Texts({ nullable: true, description: 'Numbers of stores; null: all.' })
  stores: string[] | null

  @Text({ nullable: true, description: 'Null: the person chooses one.' })
  login: string | null

  @InstantField()
  expiresAt: string
}

export class PeopleList {
  @Many(() => PersonAnswer)
  items: PersonAnswer[]

  @Many(() => InvitationAnswer)
  invitations: InvitationAnswer[]
}

@ApiSchema({ name: 'OneTimeLink' })
export class OneTimeLink {
  @Text({
    description: 'Below the address of the console. It is shown once and can be opened once.',
    example: '/enter#…',
  })
  path: string

  @InstantField()
  expiresAt: string
}
