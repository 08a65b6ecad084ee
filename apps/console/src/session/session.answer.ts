import { ApiSchema } from '@nestjs/swagger'
import { PERMISSIONS, ROLES } from '#access'
import {
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  TextListField,
  UuidField,
} from '../openapi/field-decorators'
import { SECOND_FACTORS } from '../passkeys/relying-parties'

@ApiSchema({ name: 'OwnOrganisation' })
export class OrganisationSlug {
  @TextField({ description: 'Its short name.' })
  slug: string

  @TextField()
  name: string
}

@ApiSchema({ name: 'Me', description: 'Who asks, and what they may do.' })
export class MeAnswer {
  @EnumField(['person', 'key'], 'ActorKind')
  kind: 'person' | 'key'

  @UuidField()
  id: string

  @TextField({ nullable: true, description: 'Null for an API key.' })
  login: string | null

  @TextField({ description: 'The name that colleagues see.' })
  name: string

  @EnumField(ROLES, 'Role', { nullable: true })
  role: string | null

  @ObjectField(() => OrganisationSlug)
  organisation: OrganisationSlug

  @EnumField(PERMISSIONS, 'Permission', { isArray: true })
  permissions: string[]

  @TextListField({ nullable: true, description: 'Numbers of the stores that may be seen; null: all of them.' })
  stores: string[] | null

  @InstantField({ nullable: true, description: 'When password or code was given last. It counts for five minutes.' })
  provenAt: string | null

  @FlagField({ description: 'The organisation’s provider opened the session; it can also prove again who asks.' })
  oidc: boolean
}

@ApiSchema({ name: 'SignIn', description: 'Either who has signed in, or the challenge for the second factor.' })
export class SignInAnswer {
  @ObjectField(() => MeAnswer, { nullable: true })
  me: MeAnswer | null

  @TextField({ nullable: true, description: 'To be sent back with the second factor, within five minutes.' })
  challenge: string | null

  @EnumField(SECOND_FACTORS, 'SecondFactor', {
    isArray: true,
    description:
      'With a challenge: how to go on under this address, beside a recovery code. Passkeys of another host name are not named.',
  })
  factors: string[]
}

export class ProofAnswer {
  @InstantField({ description: 'It counts for five minutes from then on.' })
  provenAt: string
}

@ApiSchema({ name: 'Session' })
export class SessionAnswer {
  @UuidField()
  id: string

  @InstantField()
  createdAt: string

  @InstantField()
  lastSeenAt: string

  @InstantField({ description: 'When it ends whatever happens.' })
  endsAt: string

  @TextField({ description: 'As the browser names itself.' })
  userAgent: string

  @TextField({ description: 'The network address that it was opened from.' })
  address: string

  @FlagField({ description: 'Whether it is the one that asks.' })
  current: boolean
}

export class SessionList {
  @ObjectListField(() => SessionAnswer, { description: 'Newest first.' })
  items: SessionAnswer[]
}

@ApiSchema({ name: 'Link', description: 'What a one-time link is for, and what to ask before it is opened.' })
export class LinkAnswer {
  @EnumField(['owner', 'invite', 'demo', 'reset'], 'LinkPurpose')
  purpose: string

  @TextField()
  organisation: string

  @EnumField(ROLES, 'Role', { nullable: true })
  role: string | null

  @TextField({ nullable: true, description: 'Null: the person chooses one.' })
  login: string | null

  @InstantField()
  expiresAt: string

  @EnumField(['possible', 'required'], 'LinkOidc', {
    nullable: true,
    description: 'Whether it can be opened through the organisation’s provider, or only so; null: it has none.',
  })
  oidc: string | null
}

export class Done {
  @FlagField()
  done: boolean
}
