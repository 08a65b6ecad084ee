import { Body, Controller, Delete, Get, Inject, Put, Req } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import type { OidcSettings } from '#access'
import { IDENTITY, type IdentityService } from '../core/identity'
import { iso } from '../core/instants'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { AuditsItself } from '../security/audited'
import { currentActor, currentPerson } from '../security/current-actor'
import { Permission, RecentProof } from '../security/permission'
import { Done } from '../session/session.answer'
import { OidcSetUpAnswer, type OidcSettingsAnswer } from './oidc.answer'
import { OidcSettingsRequest } from './oidc.request'
import { OidcCalls } from './oidc-calls'
import { asProblem, OidcLogIn } from './oidc-log-in'

/** The organisation's log-in provider, which its owners set up. */
@ApiTags('Single sign-on')
@Controller('api/oidc')
export class OidcSettingsController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    private readonly calls: OidcCalls,
    private readonly logIn: OidcLogIn,
  ) {}

  @Get()
  @Permission('people.read')
  @ApiOperation({ summary: 'Get the log-in provider', description: 'And what has to be entered at the provider.' })
  @ApiOkResponse({ type: OidcSetUpAnswer })
  @Problems()
  async view(@Req() request: FastifyRequest): Promise<OidcSetUpAnswer> {
    const actor = currentActor()
    const settings = await this.identity.oidc.settings(actor)
    return {
      settings: settings === undefined ? null : answerOf(settings),
      redirectUrl: this.logIn.redirectUrl(request, actor.org),
      notLinked: (await this.identity.oidc.notLinked(actor)).map(({ login, displayName }) => ({ login, displayName })),
    }
  }

  @Put()
  @Permission('people.write')
  @RecentProof()
  @AuditsItself('oidc.saved', 'organisation:{org}')
  @ApiOperation({
    summary: 'Set the log-in provider up',
    description:
      'Its metadata are read first, and a new secret is tried; what is no provider, or refuses the client, is not stored. ' +
      'The secret is sealed. For owners of all stores; ' +
      'with another issuer or client, sessions of the earlier one end.',
  })
  @ApiOkResponse({ type: Done })
  @Problems(
    ...(['not-understood', 'oidc-unreachable', 'oidc-address-not-allowed', 'oidc-secret-missing'] as const),
    ...([
      'oidc-client-refused',
      'oidc-owner-without-password',
      'more-than-own-rights',
      'reauthentication-required',
    ] as const),
  )
  async save(@Body() { roleValues, ...settings }: OidcSettingsRequest, @Req() request: FastifyRequest): Promise<Done> {
    const { issuer, clientId, clientSecret } = settings
    // The metadata do not depend on the secret, so the stored one need not be opened for it.
    const own = await asProblem(this.calls.issuerOf({ issuer, clientId, clientSecret: clientSecret ?? '-' }))
    if (clientSecret !== undefined) {
      const client = { issuer: own, clientId, clientSecret }
      const redirectUrl = this.logIn.redirectUrl(request, currentPerson().org)
      if (await asProblem(this.calls.refusesClient(client, redirectUrl))) throw problemOf('oidc-client-refused')
    }
    const values = roleValues.map(({ value, role }) => ({ value, role }))
    const result = await this.identity.oidc.saveSettings(currentPerson(), {
      ...settings,
      issuer: own,
      roleValues: values,
    })
    if (result === 'more-than-own-rights') throw problemOf(result)
    if (result !== 'saved') throw problemOf(`oidc-${result}`)
    return { done: true }
  }

  @Delete()
  @Permission('people.write')
  @RecentProof()
  @AuditsItself('oidc.removed', 'organisation:{org}')
  @ApiOperation({
    summary: 'Remove the log-in provider',
    description: 'Sessions that it opened end. People without a password need a link for one.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'more-than-own-rights', 'reauthentication-required')
  async remove(): Promise<Done> {
    const result = await this.identity.oidc.removeSettings(currentPerson())
    if (result === 'more-than-own-rights') throw problemOf(result)
    if (result === 'none') throw notFound()
    return { done: true }
  }
}

const answerOf = ({
  loginKey,
  changedAt,
  emailDomains,
  roleValues,
  ...settings
}: OidcSettings): OidcSettingsAnswer => ({
  ...{ issuer: settings.issuer, clientId: settings.clientId, required: settings.required },
  ...{ roleClaim: settings.roleClaim, emailDomains: [...emailDomains] },
  roleValues: roleValues.map(({ value, role }) => ({ value, role })),
  logInPath: `/login?org=${loginKey}`,
  changedAt: iso(changedAt),
})
