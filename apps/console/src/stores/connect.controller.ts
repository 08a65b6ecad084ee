import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import { Directory } from '#access'
import type { ConnectingOptions } from '../core/connecting'
import { iso } from '../core/instants'
import { Scope } from '../core/scope'
import { Problems } from '../openapi/problems'
import { Audited, AuditsItself } from '../security/audited'
import { Permission, RecentProof } from '../security/permission'
import { CONNECTING } from '../tokens'
import { AppSaved, AuthorisationBegun, ConnectableMarketplaces, StoreConnected } from './connect.answer'
import {
  BeginAuthorisationRequest,
  CompleteAuthorisationRequest,
  ConnectStoreRequest,
  SaveAppRequest,
} from './connect.request'
import { StoreConnections } from './store-connections'

/** Adding a store, and authorising it again. */
@ApiTags('Stores')
@Controller('api')
export class ConnectController {
  constructor(
    private readonly connections: StoreConnections,
    private readonly directory: Directory,
    private readonly scope: Scope,
    @Inject(CONNECTING) private readonly options: ConnectingOptions,
  ) {}

  @Get('marketplaces')
  @Permission('stores.write')
  @ApiOperation({
    summary: 'List the marketplaces',
    description: 'At which a store can be connected, with the fields that are typed and the apps that there are.',
  })
  @ApiOkResponse({ type: ConnectableMarketplaces })
  @Problems()
  async marketplaces(@Req() { headers: { host = '' } }: FastifyRequest): Promise<ConnectableMarketplaces> {
    const apps = (await this.directory.current()).apps.filter(({ org }) => org === this.scope.org)
    const returnUrl = this.connections.returnUrl(host)
    return {
      otherAddresses: this.options.insecureHosts.length > 0,
      items: this.options.lineUp.flatMap(({ marketplace, name, onboarding }) => {
        if (onboarding === undefined) return []
        const { appFields, storeFields, authorisation } = onboarding
        return [
          {
            marketplace,
            name,
            appFields: [...appFields],
            storeFields: [...storeFields],
            authorisation: authorisation === undefined ? null : { hint: authorisation.hint, returnUrl },
            apps: apps
              .filter((app) => app.marketplace === marketplace)
              .map(({ id, appKey, service, endpoints }) => ({
                id,
                appKey,
                hasPage:
                  authorisation?.pageUrl({ appKey, service: service ?? undefined, endpoints }, '', returnUrl) !==
                  undefined,
              })),
          },
        ]
      }),
    }
  }

  @Post('apps')
  @Permission('stores.write')
  @RecentProof()
  @AuditsItself('app.added', 'app:{app}')
  @ApiOperation({
    summary: 'Enter an app',
    description: 'With its secret, which is sealed. A known one gets the new secret.',
  })
  @ApiCreatedResponse({ type: AppSaved })
  @Problems(
    'not-understood',
    'not-found',
    'address-not-allowed',
    'app-of-another-organisation',
    'all-stores-needed',
    'reauthentication-required',
  )
  async saveApp(@Body() request: SaveAppRequest): Promise<AppSaved> {
    return { app: await this.connections.saveApp(request) }
  }

  @Post('stores/authorisations')
  @Permission('stores.write')
  @RecentProof()
  @Audited('store.authorisation-begun', 'app:{app}', 'store')
  @ApiOperation({
    summary: 'Begin to authorise a store',
    description: 'Answers the marketplace’s page. It sends the browser back with a code; then complete.',
  })
  @ApiCreatedResponse({ type: AuthorisationBegun })
  @Problems('not-understood', 'not-found', 'no-authorisation-page', 'all-stores-needed', 'reauthentication-required')
  async begin(
    @Body() { app, store }: BeginAuthorisationRequest,
    @Req() { headers: { host = '' } }: FastifyRequest,
  ): Promise<AuthorisationBegun> {
    const { url, expiresAt } = await this.connections.begin(app, store === undefined ? undefined : Number(store), host)
    return { url, expiresAt: iso(expiresAt) }
  }

  @Post('stores/authorisations/complete')
  @Permission('stores.write')
  @AuditsItself('store.added', 'store:{store}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Complete the authorisation of a store',
    description:
      'With what the marketplace sent the browser back with. Each state counts once, for the session that began.',
  })
  @ApiOkResponse({ type: StoreConnected })
  @Problems(
    'not-understood',
    'not-found',
    'authorisation-unknown',
    'authorisation-foreign',
    'authorisation-used',
    'authorisation-expired',
    'authorisation-failed',
    'authorisation-of-another-store',
    'no-authorisation-page',
  )
  async complete(@Body() { state, code }: CompleteAuthorisationRequest): Promise<StoreConnected> {
    const { store, name, outcome } = await this.connections.complete(state, code)
    return { store: { id: String(store), name }, outcome }
  }

  @Post('stores')
  @Permission('stores.write')
  @RecentProof()
  @AuditsItself('store.added', 'store:{store}')
  @ApiOperation({
    summary: 'Connect a store by its keys',
    description: 'They are tested first; keys that do not work are not stored.',
  })
  @ApiCreatedResponse({ type: StoreConnected })
  @Problems(
    'not-understood',
    'not-found',
    'authorisation-failed',
    'connection-failed',
    'authorisation-of-another-store',
    'all-stores-needed',
    'reauthentication-required',
  )
  async connect(@Body() request: ConnectStoreRequest): Promise<StoreConnected> {
    const { store, name, outcome } = await this.connections.connectTyped(request)
    return { store: { id: String(store), name }, outcome }
  }
}
