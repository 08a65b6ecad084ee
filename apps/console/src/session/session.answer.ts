import { ApiSchema } from '@nestjs/swagger'
import { PERMISSIONS, ROLES } from '#access'
import { Flag, InstantField, Many, One, OneOf, Text, Texts, Uuid } from '../openapi/fields'

@ApiSchema({ name: 'OwnOrganisation' })
export class OrganisationSlug {
  @Text({ description: 'Its short name.' })
  slug: string

  @Text()
  name: string
}

@ApiSchema({ name: 'Me', description: 'Who asks, and what they may do.' })
export class MeAnswer {
  @OneOf(['person', 'key'], 'ActorKind')
  kind: 'person' | 'key'

  @Uuid()
  id: string

  @Text({ nullable: true, description: 'Null for an API key.' })
  login: string | null

  @Text({ description: 'The name that colleagues see.' })
  name: string

  @OneOf(ROLES, 'Role', { nullable: true })
  role: string | null

  @One(() => OrganisationSlug)
  organisation: OrganisationSlug

  @OneOf(PERMISSIONS, 'Permission', { isArray: true })
  permissions: string[]

  @Texts({ nullable: true, description: 'Numbers of the stores that may be seen; null: all of them.' })
  stores: string[] | null

  @InstantField({ nullable: true, description: 'When password or code was given last. It counts for five minutes.' })
  provenAt: string | null
}

@ApiSchema({ name: 'SignIn', description: 'Either who has signed in, or the challenge for the second factor.' })
export class SignInAnswer {
  @One(() => MeAnswer, { nullable: true })
  me: MeAnswer | null

  @Text({ nullable: true, description: 'To be sent back with a code of the second factor, within five minutes.' })
  challenge: string | null
}

export class ProofAnswer {
  @InstantField({ description: 'It counts for five minutes from then on.' })
  provenAt: string
}

@ApiSchema({ name: 'Session' })
export class SessionAnswer {
  @Uuid()
  id: string

  @InstantField()
  createdAt: string

  @InstantField()
  lastSeenAt: string

  @InstantField({ description: 'When it ends whatever happens.' })
  endsAt: string

  @Text({ description: 'As the browser names itself.' })
  userAgent: string

  @Text({ description: 'The network address that it was opened from.' })
  address: string

  @Flag({ description: 'Whether it is the one that asks.' })
  current: boolean
}

export class SessionList {
  @Many(() => SessionAnswer, { description: 'Newest first.' })
  items: SessionAnswer[]
}

@ApiSchema({ name: 'Link', description: 'What a one-time link is for, and what to ask before it is opened.' })
export class LinkAnswer {
  @OneOf(['owner', 'invite', 'demo', 'reset'], 'LinkPurpose')
  purpose: string

  @Text()
  organisation: string

  @OneOf(ROLES, 'Role', { nullable: true })
  role: string | null

  @Text({ nullable: true, description: 'Null: the person chooses one.' })
  login: string | null

  @InstantField()
  expiresAt: string
}

export class Done {
  @Flag()
  done: boolean
}
