import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiConflictResponse, ApiForbiddenResponse, ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Term } from '#after-sale'
import { TryStrategy } from '#case-handling'
import type { TrialEnd, TrialRow } from '#ledgers'
import { TrialQuery } from '#read-models'
import { problemAnswer } from '../openapi/answer-schemas'
import { Operator } from '../core/operator'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound, problemOf } from '../problems/problem.filter'
import { iso, isoOrNull } from '../queue/case-row'
import { Scope } from '../core/scope'
import { NumberParams } from '../strategies/strategies.request'
import { keptOf } from '../strategies/strategy-problem'

const ENDS: Readonly<Record<TrialEnd, Term>> = {
  'broken-off': {
    zh: '运行中的控制台已停止，试算中断。可重新运行',
    en: 'the console that ran it is gone, and with it the trial; it can be run again',
  },
  stopped: { zh: '控制台关闭时试算被停止。可重新运行', en: 'it was stopped with its console; it can be run again' },
  trouble: { zh: '试算出错，详见日志', en: 'it met a trouble, which the log names' },
}

/** How a trial stands; `reason` says why there is no report, where there is to be none. */
export const endOf = ({ state, reason }: Pick<TrialRow, 'state' | 'reason'>): object => ({
  state,
  reason: state !== 'failed' ? null : { code: reason ?? 'trouble', ...ENDS[reason ?? 'trouble'] },
})

/** Trials, once they were asked for: how far one is, what it found, and the same once more. */
@ApiTags('strategies')
@Controller('api/strategies/trials')
export class TrialsController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'One trial, with its report once it is done, or why there is none' })
  @ApiNotFoundResponse(problemAnswer)
  async trial(@Param() { id }: NumberParams): Promise<unknown> {
    const found = await this.found(id)
    return {
      id: String(found.id),
      strategy: String(found.strategy),
      version: found.version,
      stores: found.stores.map(String),
      from: iso(found.from_at),
      to: iso(found.to_at),
      ...endOf(found),
      report: found.report,
      startedAt: iso(found.started_at),
      finishedAt: isoOrNull(found.finished_at),
    }
  }

  @Post(':id/again')
  @HttpCode(202)
  @ApiOperation({ summary: 'The same version on the same stores and days once more, as a trial of its own' })
  @ApiNotFoundResponse(problemAnswer)
  @ApiForbiddenResponse(problemAnswer)
  @ApiConflictResponse(problemAnswer)
  async again(@Param() { id }: NumberParams, @Operator() by: string): Promise<unknown> {
    const { strategy, version, stores, from_at: from, to_at: to, state } = await this.found(id)
    if (state === 'running') throw problemOf('trial-running')
    const author = { org: this.scope.org, by, at: this.parts.clock() }
    const { trial } = keptOf(
      await this.commands.execute(new TryStrategy(author, { strategy, version, stores, from, to })),
    )
    return { id: String(trial) }
  }

  private async found(id: number): Promise<TrialRow> {
    const found = await this.questions.execute(new TrialQuery(this.scope.org, id))
    if (found === undefined) throw notFound()
    return found
  }
}
