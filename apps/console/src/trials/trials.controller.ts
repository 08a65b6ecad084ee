import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { TryStrategy } from '#case-handling'
import type { TrialRow } from '#ledgers'
import { TrialQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { Scope } from '../core/scope'
import { NumberParams } from '../strategies/strategies.request'
import { StrategyReaders } from '../strategies/strategy-readers'
import { requireKept } from '../strategies/strategy-problem'
import type { TrialReport } from './report.answer'
import { StartedTrial, TrialDetail } from './trial.answer'
import { trialStateOf } from './trial-state'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

/** Trials that were started: their state, their report, and running them again. */
@ApiTags('Strategies')
@Controller('api/strategies/trials')
export class TrialsController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    private readonly readers: StrategyReaders,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id')
  @Permission('strategies.read')
  @ApiOperation({ summary: 'Get a trial', description: 'With its report once it is done, or why there is none.' })
  @ApiOkResponse({ type: TrialDetail })
  @Problems('not-understood', 'not-granted', 'not-found')
  async trial(@Param() { id }: NumberParams): Promise<TrialDetail> {
    const trial = await this.findTrial(id)
    const mayRead = await this.readers.forStores()
    if (!trial.stores.every((store) => mayRead({ store }))) throw problemOf('not-granted')
    return {
      ...trialStateOf(trial),
      strategy: String(trial.strategy),
      stores: trial.stores.map(String),
      report: trial.report as TrialReport | null,
    }
  }

  @Post(':id/again')
  @Permission('trials.run')
  @Audited('trial.started', 'strategy:{strategy}', 'id')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Run a trial again',
    description: 'The same version on the same stores and days, as a new trial.',
  })
  @ApiAcceptedResponse({ type: StartedTrial })
  @Problems('not-understood', 'not-granted', 'not-found', 'trial-running')
  async again(@Param() { id }: NumberParams): Promise<StartedTrial> {
    const { strategy, version, stores, from, to, state } = await this.findTrial(id)
    if (state === 'running') throw problemOf('trial-running')
    const author = this.scope.author(this.clock())
    const { trial } = requireKept(
      await this.commands.execute(new TryStrategy(author, { strategy, version, stores, from, to })),
    )
    return { id: String(trial) }
  }

  private async findTrial(id: number): Promise<TrialRow> {
    const trial = await this.questions.execute(new TrialQuery(this.scope.org, id))
    if (trial === undefined || !trial.stores.every((store) => this.scope.maySee(store))) throw notFound()
    return trial
  }
}
