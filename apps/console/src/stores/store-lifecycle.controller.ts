import { Controller, HttpCode, Param, Post } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Scope } from '../core/scope'
import { Problems } from '../openapi/problems'
import { problemOf } from '../problems/problem.filter'
import { AuditsItself, ChangesNothing } from '../security/audited'
import { Permission, RecentProof } from '../security/permission'
import { Done } from '../session/session.answer'
import { NumberParams } from '../strategies/strategies.request'
import { ConnectionTestAnswer } from './connect.answer'
import { MarketplaceCalls } from './marketplace-calls'
import { StoreConnections } from './store-connections'

/** A connected store: tested, paused, resumed, removed. */
@ApiTags('Stores')
@Controller('api/stores/:id')
export class StoreLifecycleController {
  constructor(
    private readonly connections: StoreConnections,
    private readonly calls: MarketplaceCalls,
    private readonly scope: Scope,
  ) {}

  @Post('test')
  @Permission('stores.write')
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Test the connection of a store',
    description: 'Reads the list of the last minute at its marketplace; nothing is changed.',
  })
  @ApiOkResponse({ type: ConnectionTestAnswer })
  @Problems('not-understood', 'not-found', 'store-removed', 'sealed-unreadable')
  async test(@Param() { id }: NumberParams): Promise<ConnectionTestAnswer> {
    const store = await this.scope.storeNamed(id)
    if (store.removedAt !== null) throw problemOf('store-removed')
    return this.calls.testStore(store)
  }

  @Post('pause')
  @Permission('stores.write')
  @AuditsItself('store.paused', 'store:{id}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pause a store',
    description:
      'Its list is not pulled, no case is read, and nothing is sent: actions that were not sent yet are refused with `ours:store-paused`. Pushes are still received.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'already-so')
  async pause(@Param() { id }: NumberParams): Promise<Done> {
    if (!(await this.connections.change(id, 'pause'))) throw problemOf('already-so')
    return { done: true }
  }

  @Post('resume')
  @Permission('stores.write')
  @AuditsItself('store.resumed', 'store:{id}')
  @HttpCode(200)
  @ApiOperation({ summary: 'Resume a paused store', description: 'What was missed is read from its list.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'already-so')
  async resume(@Param() { id }: NumberParams): Promise<Done> {
    if (!(await this.connections.change(id, 'resume'))) throw problemOf('already-so')
    return { done: true }
  }

  @Post('remove')
  @Permission('stores.write')
  @RecentProof()
  @AuditsItself('store.removed', 'store:{id}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Remove a store',
    description:
      'Its tokens are destroyed; nothing is read or sent any more, pushes are dropped. Its cases stay and can be read. It can be added again.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'already-so', 'reauthentication-required')
  async remove(@Param() { id }: NumberParams): Promise<Done> {
    if (!(await this.connections.change(id, 'remove'))) throw problemOf('already-so')
    return { done: true }
  }
}
