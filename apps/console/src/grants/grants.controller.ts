import { Body, Controller, Get, HttpCode, Inject, Post, Put, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger'
import type { GrantAnswer, GrantRefusal } from '#case-handling'
import { GrantStrategies, NameMainAccount, RevokeStrategies } from '#case-handling'
import type { Author } from '#ledgers'
import { StrategyGrantsQuery } from '#read-models'
import { problemAnswer } from '../openapi/answer-schemas'
import { AccountRequest, GrantRequest, GrantsQueryRequest } from './grants.request'
import { Operator } from '../core/operator'
import { PARTS, type ConsoleParts } from '../parts'
import { problemOf } from '../problems/problem.filter'
import { iso, isoOrNull } from '../queue/case-row'
import { Scope } from '../core/scope'

const REFUSALS: Readonly<Record<GrantRefusal, Parameters<typeof problemOf>>> = {
  OnlyTheMainAccountGrants: ['main-account-only'],
  NoMainAccount: ['no-main-account'],
  AlreadyGranted: ['already-so', { detail: 'The account has this right already.' }],
  NotGranted: ['not-so', { detail: 'The account does not have this right.' }],
}

/**
 * R159–R165: strategies are the main account's; it gives a store's to sub-accounts and takes them back. What was given
 * stays in the list, with who did it and when.
 */
@ApiTags('strategies')
@Controller('api/strategies')
export class GrantsController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Get('grants')
  @ApiOperation({ summary: 'Who may work at which store’s strategies, and who might once: what stands comes first' })
  async list(@Query() { store }: GrantsQueryRequest): Promise<unknown> {
    const wanted = store === undefined ? undefined : await this.ours(store)
    const { main, grants } = await this.questions.execute(new StrategyGrantsQuery(this.scope.org, wanted))
    const nameOf = await this.scope.names()
    return {
      mainAccount: main ?? null,
      items: grants.map((grant) => ({
        account: grant.account,
        store: nameOf(grant.store),
        grantedAt: iso(grant.granted_at),
        grantedBy: grant.granted_by,
        endedAt: isoOrNull(grant.ended_at),
        endedBy: grant.ended_by,
      })),
    }
  }

  @Put('main-account')
  @ApiOperation({
    summary: 'Say who the main account is: anybody while nobody is named, then only the main account itself',
  })
  @ApiForbiddenResponse(problemAnswer)
  async nameMain(@Body() { account }: AccountRequest, @Operator() by: string): Promise<unknown> {
    done(await this.commands.execute(new NameMainAccount(this.author(by), account)))
    return { mainAccount: account }
  }

  @Post('grants')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a store’s strategies to a sub-account: it may draft, try, arm and disarm there (R160)',
  })
  @ApiBadRequestResponse(problemAnswer)
  @ApiForbiddenResponse(problemAnswer)
  @ApiConflictResponse(problemAnswer)
  async grant(@Body() { account, store }: GrantRequest, @Operator() by: string): Promise<unknown> {
    done(await this.commands.execute(new GrantStrategies(this.author(by), account, await this.ours(store))))
    return { account, store }
  }

  @Post('grants/revoke')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take it back, at once. What the account put in force stays in force until somebody disarms it',
  })
  @ApiBadRequestResponse(problemAnswer)
  @ApiForbiddenResponse(problemAnswer)
  @ApiConflictResponse(problemAnswer)
  async revoke(@Body() { account, store }: GrantRequest, @Operator() by: string): Promise<unknown> {
    done(await this.commands.execute(new RevokeStrategies(this.author(by), account, await this.ours(store))))
    return { account, store }
  }

  private author(by: string): Author {
    return { org: this.scope.org, by, at: this.parts.clock() }
  }

  /** Another's store is like one that does not exist. */
  private async ours(store: string): Promise<number> {
    const [found] = await this.scope.storesAsked(undefined, [String(Number(store))])
    if (found === undefined)
      throw problemOf('no-such-store', {
        errors: [{ pointer: '#/store', code: 'not-here', detail: 'names a store that is not here' }],
      })
    return found
  }
}

function done(answer: GrantAnswer): void {
  if (answer.type === 'refused') throw problemOf(...REFUSALS[answer.reason])
}
