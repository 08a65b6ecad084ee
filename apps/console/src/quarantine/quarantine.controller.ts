import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiHeader, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { QuarantinedQuery, QuarantineQuery, SealedMessageQuery, type Quarantined } from '#read-models'
import { problemAnswer, refTo } from '../openapi/answer-schemas'
import { MessageParams, QuarantineRequest } from '../cases/cases.request'
import { withoutPhones } from '../core/mask-personal-data'
import { MessageText } from '../messages/message-text'
import { Operator } from '../core/operator'
import { notFound } from '../problems/problem.filter'
import { iso } from '../queue/case-row'
import { RunAgain, type RunAgainOutcome } from './run-again'
import { Scope } from '../core/scope'

@ApiTags('quarantine')
@Controller('api/quarantine')
export class QuarantineController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    private readonly texts: MessageText,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Messages that could not be understood, newest first, with the reason' })
  @ApiOkResponse({ schema: refTo('QuarantinePage') })
  async list(@Query() { cursor, limit }: QuarantineRequest): Promise<unknown> {
    const { items, next } = await this.questions.execute(new QuarantineQuery(this.scope.org, limit, cursor))
    return {
      items: await Promise.all(items.map((item) => this.itemOf(item))),
      next: next === null ? null : String(next),
    }
  }

  @Get(':id')
  @ApiOperation({ summary: 'One such message with its text; names, phones and addresses masked' })
  @ApiOkResponse({ schema: refTo('QuarantinedMessage') })
  @ApiNotFoundResponse(problemAnswer)
  async one(@Param() { id }: MessageParams): Promise<unknown> {
    const [item, message] = await Promise.all([
      this.questions.execute(new QuarantinedQuery(this.scope.org, id)),
      this.questions.execute(new SealedMessageQuery(this.scope.org, id)),
    ])
    if (item === undefined || message === undefined) throw notFound()
    return { ...(await this.itemOf(item)), ...this.texts.shown(message) }
  }

  @Post(':id/run-again')
  @HttpCode(200)
  @ApiHeader({ name: 'x-operator', required: true, description: 'Who does it; it is kept in the record.' })
  @ApiOperation({ summary: 'Try to understand it once more, after a fix' })
  @ApiOkResponse({ schema: refTo('RunAgainOutcome') })
  @ApiNotFoundResponse(problemAnswer)
  async runAgain(@Param() { id }: MessageParams, @Operator() operator: string): Promise<RunAgainOutcome> {
    const outcome = await this.commands.execute(new RunAgain(id, operator))
    if (outcome === undefined) throw notFound()
    return outcome
  }

  private async itemOf(item: Quarantined): Promise<Record<string, unknown>> {
    const { messageId, store, channel, receivedAt, reason, detail, attempts } = item
    const nameOf = await this.scope.names()
    return {
      messageId: String(messageId),
      marketplace: await this.texts.marketplaceOf(item),
      store: store === null ? null : nameOf(store),
      channel,
      receivedAt: iso(receivedAt),
      reason,
      detail: withoutPhones(detail),
      attempts,
    }
  }
}
