import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Invitation, LinkResult, Member, MemberRefusal, MemberResult, StoreRights } from '#access'
import { endGrantsOf } from '#ledgers'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { IDENTITY, type IdentityService } from '../core/identity'
import { iso, isoOrNull } from '../core/instants'
import { Scope } from '../core/scope'
import { Problems } from '../openapi/problems'
import type { Problem } from '../problems/problem.filter'
import { notFound, problemOf } from '../problems/problem.filter'
import { currentActor, currentPerson } from '../security/current-actor'
import { AuditsItself } from '../security/audited'
import { Permission, RecentProof } from '../security/permission'
import { Done } from '../session/session.answer'
import { flawsProblem } from '../session/sign-in-problems'
import { OneTimeLink, PeopleList, type InvitationAnswer, type PersonAnswer } from './people.answer'
import { InviteRequest, PersonParams, RightsRequest } from './people.request'

/** Colleagues: who they are, what they may do, and at which stores. */
@ApiTags('People')
@Controller('api/people')
export class PeopleController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('people.read')
  @ApiOperation({ summary: 'List the people', description: 'With invitations that were not opened yet.' })
  @ApiOkResponse({ type: PeopleList })
  @Problems()
  async list(): Promise<PeopleList> {
    const { members } = this.identity
    const actor = currentActor()
    const [people, invitations] = [await members.list(actor), await members.invitations(actor)]
    return { items: people.map(personAnswerOf), invitations: invitations.map(invitationAnswerOf) }
  }

  @Post('invitations')
  @Permission('people.write')
  @AuditsItself('person.invited', 'link:{link}')
  @RecentProof()
  @ApiOperation({
    summary: 'Invite a person',
    description:
      'Answers a link, once: hand it to the person, who opens it once and chooses a password. With at most the rights of the caller.',
  })
  @ApiCreatedResponse({ type: OneTimeLink })
  @Problems('not-understood', 'no-such-store', 'more-than-own-rights', 'reauthentication-required')
  async invite(@Body() { role, stores, login }: InviteRequest): Promise<OneTimeLink> {
    const member = { role, stores: storeRightsOf(stores), ...(login === undefined ? {} : { login }) }
    return requireLink(await this.identity.members.invite(currentPerson(), member))
  }

  @Post('invitations/:id/withdraw')
  @Permission('people.write')
  @AuditsItself('invitation.withdrawn', 'link:{id}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({ summary: 'Withdraw an invitation', description: 'Its link can no longer be opened.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'reauthentication-required')
  async withdraw(@Param() { id }: PersonParams): Promise<Done> {
    if (!(await this.identity.members.withdrawInvitation(currentPerson(), id))) throw notFound()
    return { done: true }
  }

  @Put(':id/rights')
  @Permission('people.write')
  @AuditsItself('membership.changed', 'person:{id}')
  @RecentProof()
  @ApiOperation({
    summary: 'Change the rights of a person',
    description:
      'Role and stores; they hold at once. API keys and open invitations of the person that have more are revoked.',
  })
  @ApiOkResponse({ type: Done })
  @Problems(
    'not-understood',
    'no-such-store',
    'not-found',
    'more-than-own-rights',
    'last-owner',
    'reauthentication-required',
  )
  async change(@Param() { id }: PersonParams, @Body() { role, stores }: RightsRequest): Promise<Done> {
    return requireDone(
      await this.identity.members.changeRights(currentPerson(), id, { role, stores: storeRightsOf(stores) }),
    )
  }

  @Post(':id/disable')
  @Permission('people.write')
  @AuditsItself('membership.disabled', 'person:{id}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Disable a person',
    description:
      'Ends the sessions of the person here, the API keys that the person made, and the person’s strategy grants.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'more-than-own-rights', 'last-owner', 'reauthentication-required')
  async disable(@Param() { id }: PersonParams): Promise<Done> {
    const author = this.scope.author(this.clock())
    const disabled = this.identity.members.disable(currentPerson(), id, async (manager, { id: person, login }) => ({
      grants: await endGrantsOf(manager, author, { account: login, person }),
    }))
    return requireDone(await disabled)
  }

  @Post(':id/enable')
  @Permission('people.write')
  @AuditsItself('membership.enabled', 'person:{id}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({ summary: 'Enable a person', description: 'The person may log in again; API keys stay revoked.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'more-than-own-rights', 'reauthentication-required')
  async enable(@Param() { id }: PersonParams): Promise<Done> {
    return requireDone(await this.identity.members.enable(currentPerson(), id))
  }

  @Post(':id/reset-link')
  @Permission('people.write')
  @AuditsItself('password.reset-offered', 'person:{id}')
  @RecentProof()
  @ApiOperation({
    summary: 'Make a link for a new password',
    description: 'Once it is opened, all sessions of the person end.',
  })
  @ApiCreatedResponse({ type: OneTimeLink })
  @Problems('not-understood', 'not-found', 'more-than-own-rights', 'works-elsewhere', 'reauthentication-required')
  async reset(@Param() { id }: PersonParams): Promise<OneTimeLink> {
    return requireLink(await this.identity.members.resetLink(currentPerson(), id))
  }

  @Post(':id/remove-second-factor')
  @Permission('people.write')
  @AuditsItself('second-factor.removed', 'person:{id}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Remove the second factor of a person',
    description: 'For a person who lost both the app and the recovery codes.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'more-than-own-rights', 'works-elsewhere', 'reauthentication-required')
  async removeSecondFactor(@Param() { id }: PersonParams): Promise<Done> {
    return requireDone(await this.identity.members.removeSecondFactor(currentPerson(), id))
  }
}

/** The rights for the store numbers of a request; null: all stores, future ones too. */
export const storeRightsOf = (stores: readonly string[] | null): StoreRights =>
  stores === null ? 'all' : stores.map(Number)

/** The reverse, for answers. */
export const storeNumbersOf = (stores: StoreRights): string[] | null => (stores === 'all' ? null : stores.map(String))

const REFUSALS: Readonly<Record<MemberRefusal, () => Problem>> = {
  'no-such-person': notFound,
  'last-owner': () => problemOf('last-owner'),
  'more-than-own-rights': () => problemOf('more-than-own-rights'),
  'no-such-store': () => problemOf('no-such-store'),
  'login-unusable': () => flawsProblem(['login-unusable']),
  'login-taken': () => flawsProblem(['login-taken']),
  'also-member-elsewhere': () => problemOf('works-elsewhere'),
}

function requireDone(result: MemberResult): Done {
  if (result.outcome === 'done') return { done: true }
  throw REFUSALS[result.reason]()
}

function requireLink(result: LinkResult): OneTimeLink {
  if (result.outcome === 'refused') throw REFUSALS[result.reason]()
  return { path: `/enter#${result.token}`, expiresAt: iso(result.expiresAt) }
}

const personAnswerOf = (member: Member): PersonAnswer => ({
  id: member.id,
  login: member.login,
  displayName: member.displayName,
  role: member.role,
  stores: storeNumbersOf(member.stores),
  grantedAt: iso(member.grantedAt),
  disabledAt: isoOrNull(member.disabledAt),
  secondFactor: member.secondFactor,
  lastSeenAt: isoOrNull(member.lastSeenAt),
})

const invitationAnswerOf = ({ id, role, stores, login, expiresAt }: Invitation): InvitationAnswer => ({
  id,
  role,
  stores: storeNumbersOf(stores),
  login,
  expiresAt: iso(expiresAt),
})
