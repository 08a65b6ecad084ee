import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiAcceptedResponse, ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { ArmStrategy, DisarmStrategy, DraftStrategy, ReviseStrategy, TryStrategy } from '#case-handling'
import type { Author } from '#ledgers'
import { ShadowQuery, StrategiesQuery, StrategyQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { iso, isoOrNull } from '../core/instants'
import type { VerdictAnswer } from '../judgement/judgement.answer'
import { StartedTrial } from '../trials/trial.answer'
import { trialStateOf } from '../trials/trial-state'
import { Scope } from '../core/scope'
import {
  ARM_EXAMPLES,
  ArmStrategyRequest,
  DisarmStrategyRequest,
  DraftStrategyRequest,
  NumberParams,
  ReviseStrategyRequest,
  StartTrialRequest,
  VersionParams,
} from './strategies.request'
import { StrategyReaders } from './strategy-readers'
import { requireKept } from './strategy-problem'
import { ChangedStores, ShadowVerdicts, StrategyDetail, StrategyList, WrittenVersion } from './strategy.answer'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

/** Strategies: drafted, tried on recorded cases, armed within a cap, watched in shadow, disarmed. */
@ApiTags('Strategies')
@Controller('api/strategies')
export class StrategiesController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    private readonly readers: StrategyReaders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('strategies.read')
  @ApiOperation({ summary: 'List the strategies', description: 'The newest versions, and where each is in force.' })
  @ApiOkResponse({ type: StrategyList })
  @Problems('not-granted')
  async list(): Promise<StrategyList> {
    const nameOf = await this.scope.storeNames()
    const mayRead = await this.readers.forStores()
    const items = await this.questions.execute(new StrategiesQuery(this.scope.org))
    return {
      items: items.map(({ id, policy, name, version, settings, createdAt, createdBy, inForce }) => ({
        id: String(id),
        policy,
        name,
        version,
        settings,
        createdAt: iso(createdAt),
        createdBy: createdBy,
        inForce: inForce.filter(mayRead).map(({ store, version: armed, mode, cap }) => ({
          store: nameOf(store),
          version: armed,
          mode,
          capFen: cap,
        })),
      })),
    }
  }

  @Post()
  @Permission('strategies.write')
  @Audited('strategy.drafted', 'strategy:{strategy}', 'policy')
  @ApiOperation({
    summary: 'Draft a strategy',
    description: 'A policy with settings. It does nothing until it is armed.',
  })
  @ApiCreatedResponse({ type: WrittenVersion })
  @Problems('not-understood', 'no-such-policy', 'document-unusable', 'not-granted')
  async draft(@Body() { policy, name, settings }: DraftStrategyRequest): Promise<WrittenVersion> {
    const { strategy, version } = requireKept(
      await this.commands.execute(new DraftStrategy(this.author(), policy, name.trim(), settings)),
    )
    return { id: String(strategy), version }
  }

  @Get(':id')
  @Permission('strategies.read')
  @ApiOperation({
    summary: 'Get a strategy',
    description: 'With its versions, its trials, and where it is and was in force.',
  })
  @ApiOkResponse({ type: StrategyDetail })
  @Problems('not-understood', 'not-granted', 'not-found')
  async one(@Param() { id }: NumberParams): Promise<StrategyDetail> {
    const stores = await this.readers.requireStores()
    const found = await this.questions.execute(new StrategyQuery(this.scope.org, id, stores))
    const newest = found?.versions[0]
    if (found === undefined || newest === undefined) throw notFound()
    const nameOf = await this.scope.storeNames()
    return {
      id: String(id),
      policy: newest.policy,
      versions: found.versions.map(({ version, settings, createdAt, createdBy }) => ({
        version,
        settings,
        createdAt: iso(createdAt),
        createdBy: createdBy,
      })),
      trials: found.trials.map((trial) => ({ ...trialStateOf(trial), stores: trial.stores.map(nameOf) })),
      armings: found.armings
        .filter(({ store }) => stores?.includes(store) ?? true)
        .map((arming) => ({
          store: nameOf(arming.store),
          version: arming.version,
          mode: arming.mode,
          capFen: arming.cap,
          trial: arming.trial === null ? null : String(arming.trial),
          armedAt: iso(arming.armedAt),
          armedBy: arming.armedBy,
          disarmedAt: isoOrNull(arming.disarmedAt),
          disarmedBy: arming.disarmedBy,
        })),
    }
  }

  @Post(':id/versions')
  @Permission('strategies.write')
  @Audited('strategy.revised', 'strategy:{id}')
  @ApiOperation({
    summary: 'Revise a strategy',
    description: 'Writes a new version. What is in force stays in force until the new version is armed.',
  })
  @ApiCreatedResponse({ type: WrittenVersion })
  @Problems('not-understood', 'document-unusable', 'not-granted', 'not-found', 'changed-meanwhile')
  async revise(@Param() { id }: NumberParams, @Body() { settings }: ReviseStrategyRequest): Promise<WrittenVersion> {
    const { version } = requireKept(await this.commands.execute(new ReviseStrategy(this.author(), id, settings)))
    return { id: String(id), version }
  }

  @Post(':id/versions/:version/trials')
  @Permission('trials.run')
  @Audited('trial.started', 'strategy:{id}', 'version', 'stores')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Start a trial',
    description: 'Tries a version on the recorded cases of a time span, with the facts as they were known then.',
  })
  @ApiAcceptedResponse({ type: StartedTrial })
  @Problems('not-understood', 'ends-before-it-begins', 'no-such-store', 'not-granted', 'not-found')
  async try(
    @Param() { id, version }: VersionParams,
    @Body() { stores, from, to }: StartTrialRequest,
  ): Promise<StartedTrial> {
    if (to <= from)
      throw problemOf('ends-before-it-begins', {
        errors: [{ pointer: '#/to', code: 'out-of-range', detail: 'must be after `from`' }],
      })
    const storeIds = await this.scope.requireStores(stores)
    const { trial } = requireKept(
      await this.commands.execute(
        new TryStrategy(this.author(), { strategy: id, version, stores: storeIds, from, to }),
      ),
    )
    return { id: String(trial) }
  }

  @Post(':id/versions/:version/arm')
  @Permission('strategies.write')
  @Audited('strategy.armed', 'strategy:{id}', 'version', 'stores', 'mode', 'capFen', 'trial')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Arm a version',
    description: 'Puts it in force at some stores: in shadow, or live with a finished trial and a daily cap.',
  })
  @ApiBody({ type: ArmStrategyRequest, examples: ARM_EXAMPLES })
  @ApiOkResponse({ type: ChangedStores })
  @Problems(
    'not-understood',
    'no-such-store',
    'not-granted',
    'not-found',
    'trial-missing',
    'cap-missing',
    'changed-meanwhile',
  )
  async arm(@Param() { id, version }: VersionParams, @Body() request: ArmStrategyRequest): Promise<ChangedStores> {
    const stores = await this.scope.requireStores(request.stores)
    const { mode, capFen, trial } = request
    const kept = requireKept(
      await this.commands.execute(new ArmStrategy(this.author(), id, version, stores, mode, capFen, trial)),
    )
    return { stores: kept.stores.map(String) }
  }

  @Post(':id/disarm')
  @Permission('strategies.write')
  @Audited('strategy.disarmed', 'strategy:{id}', 'stores')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Disarm a strategy',
    description: 'Once this is answered, the strategy decides nothing more there.',
  })
  @ApiOkResponse({ type: ChangedStores })
  @Problems('not-understood', 'no-such-store', 'not-granted', 'not-found')
  async disarm(@Param() { id }: NumberParams, @Body() { stores }: DisarmStrategyRequest): Promise<ChangedStores> {
    const storeIds = stores === undefined ? this.scope.storeLimit : await this.scope.requireStores(stores)
    const kept = requireKept(await this.commands.execute(new DisarmStrategy(this.author(), id, storeIds)))
    return { stores: kept.stores.map(String) }
  }

  @Get(':id/shadow')
  @Permission('strategies.read')
  @ApiOperation({
    summary: 'List the shadow verdicts of a strategy',
    description: 'What it would have done while it was in shadow, newest first.',
  })
  @ApiOkResponse({ type: ShadowVerdicts })
  @Problems('not-understood', 'not-granted')
  async shadow(@Param() { id }: NumberParams): Promise<ShadowVerdicts> {
    const items = await this.questions.execute(
      new ShadowQuery(this.scope.org, id, { limit: 200, stores: await this.readers.requireStores() }),
    )
    const nameOf = await this.scope.storeNames()
    return {
      items: items.map(({ stream, version, store, verdict, recordedAt }) => ({
        caseId: stream,
        version,
        store: nameOf(store),
        verdict: verdict as VerdictAnswer,
        at: iso(recordedAt),
      })),
    }
  }

  private author(): Author {
    return this.scope.author(this.clock())
  }
}
