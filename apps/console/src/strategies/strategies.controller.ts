import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiConflictResponse, ApiForbiddenResponse, ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { ArmStrategy, DisarmStrategy, DraftStrategy, ReviseStrategy, TryStrategy } from '#case-handling'
import type { Author } from '#ledgers'
import { ShadowQuery, StrategiesQuery, StrategyQuery } from '#read-models'
import { problemAnswer } from '../openapi/answer-schemas'
import { Operator } from '../core/operator'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound, problemOf } from '../problems/problem.filter'
import { iso, isoOrNull } from '../queue/case-row'
import { Scope } from '../core/scope'
import {
  ArmRequest,
  DisarmRequest,
  DraftRequest,
  SettingsRequest,
  NumberParams,
  TrialRequest,
  VersionParams,
} from './strategies.request'
import { keptOf } from './strategy-problem'
import { endOf } from '../trials/trials.controller'

/** Strategies: drafted, tried on what happened, armed within a cap, watched in shadow, disarmed. Every change names who made it. */
@ApiTags('strategies')
@Controller('api/strategies')
export class StrategiesController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every strategy by its newest version, and where it is in force' })
  async list(): Promise<unknown> {
    const nameOf = await this.scope.names()
    const items = await this.questions.execute(new StrategiesQuery(this.scope.org))
    return {
      items: items.map(({ id, policy, name, version, settings, created_at, created_by, inForce }) => ({
        id: String(id),
        policy,
        name,
        version,
        settings,
        createdAt: iso(created_at),
        createdBy: created_by,
        inForce: inForce.map(({ store, version: armed, mode, cap }) => ({
          store: nameOf(store),
          version: armed,
          mode,
          capFen: cap,
        })),
      })),
    }
  }

  @Post()
  @ApiOperation({ summary: 'A new strategy: a policy with settings. It does nothing until it is armed' })
  @ApiConflictResponse(problemAnswer)
  @ApiForbiddenResponse(problemAnswer)
  async draft(@Body() { policy, name, settings }: DraftRequest, @Operator() by: string): Promise<unknown> {
    const { strategy, version } = keptOf(
      await this.commands.execute(new DraftStrategy(this.author(by), policy, name.trim(), settings)),
    )
    return { id: String(strategy), version }
  }

  @Get(':id')
  @ApiOperation({ summary: 'One strategy: its versions, its trials, where it is and was in force' })
  @ApiNotFoundResponse(problemAnswer)
  async one(@Param() { id }: NumberParams): Promise<unknown> {
    const found = await this.questions.execute(new StrategyQuery(this.scope.org, id))
    if (found === undefined) throw notFound()
    const nameOf = await this.scope.names()
    return {
      id: String(id),
      policy: found.versions[0]?.policy,
      versions: found.versions.map(({ version, settings, created_at, created_by }) => ({
        version,
        settings,
        createdAt: iso(created_at),
        createdBy: created_by,
      })),
      trials: found.trials.map((trial) => ({
        id: String(trial.id),
        version: trial.version,
        stores: trial.stores.map(nameOf),
        from: iso(trial.from_at),
        to: iso(trial.to_at),
        ...endOf(trial),
        startedAt: iso(trial.started_at),
        finishedAt: isoOrNull(trial.finished_at),
      })),
      armings: found.armings.map((arming) => ({
        store: nameOf(arming.store),
        version: arming.version,
        mode: arming.mode,
        capFen: arming.cap,
        trial: arming.trial === null ? null : String(arming.trial),
        armedAt: iso(arming.armed_at),
        armedBy: arming.armed_by,
        disarmedAt: isoOrNull(arming.disarmed_at),
        disarmedBy: arming.disarmed_by,
      })),
    }
  }

  @Post(':id/versions')
  @ApiOperation({ summary: 'Other settings: a new version. What is in force stays in force until this one is armed' })
  @ApiNotFoundResponse(problemAnswer)
  @ApiConflictResponse(problemAnswer)
  @ApiForbiddenResponse(problemAnswer)
  async revise(
    @Param() { id }: NumberParams,
    @Body() { settings }: SettingsRequest,
    @Operator() by: string,
  ): Promise<unknown> {
    const { version } = keptOf(await this.commands.execute(new ReviseStrategy(this.author(by), id, settings)))
    return { id: String(id), version }
  }

  @Post(':id/versions/:version/trials')
  @HttpCode(202)
  @ApiOperation({ summary: 'Try a version on the cases of a time, with the facts as they were known then' })
  @ApiNotFoundResponse(problemAnswer)
  @ApiForbiddenResponse(problemAnswer)
  async try(
    @Param() { id, version }: VersionParams,
    @Body() { stores, from, to }: TrialRequest,
    @Operator() by: string,
  ): Promise<unknown> {
    if (to <= from)
      throw problemOf('ends-before-it-begins', {
        errors: [{ pointer: '#/to', code: 'out-of-range', detail: 'must be after `from`' }],
      })
    const wanted = await this.ours(stores)
    const { trial } = keptOf(
      await this.commands.execute(
        new TryStrategy(this.author(by), { strategy: id, version, stores: wanted, from, to }),
      ),
    )
    return { id: String(trial) }
  }

  @Post(':id/versions/:version/arm')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Put a version in force at some stores: in shadow, or live with a finished trial and a cap a day',
  })
  @ApiNotFoundResponse(problemAnswer)
  @ApiConflictResponse(problemAnswer)
  @ApiForbiddenResponse(problemAnswer)
  async arm(
    @Param() { id, version }: VersionParams,
    @Body() wish: ArmRequest,
    @Operator() by: string,
  ): Promise<unknown> {
    const stores = await this.ours(wish.stores)
    const { mode, capFen, trial } = wish
    const kept = keptOf(
      await this.commands.execute(new ArmStrategy(this.author(by), id, version, stores, mode, capFen, trial)),
    )
    return { stores: kept.stores.map(String) }
  }

  @Post(':id/disarm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Out of force. Once this is answered, nothing more is decided by it' })
  @ApiNotFoundResponse(problemAnswer)
  @ApiForbiddenResponse(problemAnswer)
  async disarm(
    @Param() { id }: NumberParams,
    @Body() { stores }: DisarmRequest,
    @Operator() by: string,
  ): Promise<unknown> {
    const wanted = stores === undefined ? undefined : await this.ours(stores)
    const kept = keptOf(await this.commands.execute(new DisarmStrategy(this.author(by), id, wanted)))
    return { stores: kept.stores.map(String) }
  }

  @Get(':id/shadow')
  @ApiOperation({ summary: 'What it would have done while it was in shadow, newest first' })
  async shadow(@Param() { id }: NumberParams): Promise<unknown> {
    const items = await this.questions.execute(new ShadowQuery(this.scope.org, id, 200))
    const nameOf = await this.scope.names()
    return {
      items: items.map(({ stream, version, store, verdict, recorded_at }) => ({
        caseId: stream,
        version,
        store: nameOf(store),
        verdict,
        at: iso(recorded_at),
      })),
    }
  }

  private author(by: string): Author {
    return { org: this.scope.org, by, at: this.parts.clock() }
  }

  /** Another's store is like one that does not exist. */
  private async ours(ids: readonly string[]): Promise<number[]> {
    const found = await this.scope.storesAsked(undefined, ids)
    if (found.length !== new Set(ids).size)
      throw problemOf('no-such-store', {
        errors: [{ pointer: '#/stores', code: 'not-here', detail: 'names a store that is not here' }],
      })
    return found
  }
}
