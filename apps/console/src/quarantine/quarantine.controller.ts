import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { QuarantinedQuery, QuarantineQuery, SealedMessageQuery, type QuarantineEntry } from '#read-models'
import { Problems } from '../openapi/problems'
import { MessageParams, QuarantineRequest } from '../cases/cases.request'
import { maskPhones } from '../core/mask-personal-data'
import { MessageText } from '../messages/message-text'
import { notFound } from '../problems/problem.filter'
import { iso } from '../core/instants'
import {
  QuarantinePage,
  QuarantinedMessage,
  RunAgainOutcome,
  type QuarantineItem,
  type QuarantineReason,
} from './quarantine.answer'
import { RunAgain } from './run-again'
import { Scope } from '../core/scope'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

@ApiTags('Quarantine')
@Controller('api/quarantine')
export class QuarantineController {
  constructor(
    private readonly questions: QueryBus,
    private readonly commands: CommandBus,
    private readonly scope: Scope,
    private readonly texts: MessageText,
  ) {}

  @Get()
  @Permission('quarantine.read')
  @ApiOperation({
    summary: 'List the quarantine',
    description: 'Messages that could not be understood, newest first, with the reason.',
  })
  @ApiOkResponse({ type: QuarantinePage })
  @Problems('not-understood')
  async list(@Query() { cursor, limit }: QuarantineRequest): Promise<QuarantinePage> {
    const { items, next } = await this.questions.execute(
      new QuarantineQuery(this.scope.org, limit, cursor, this.scope.storeLimit),
    )
    return {
      items: await Promise.all(items.map((item) => this.itemOf(item))),
      next: next === null ? null : String(next),
    }
  }

  @Get(':id')
  @Permission('quarantine.read')
  @ApiOperation({
    summary: 'Get a message in quarantine',
    description: 'With its text; names, phones and addresses are masked.',
  })
  @ApiOkResponse({ type: QuarantinedMessage })
  @Problems('not-understood', 'not-found', 'sealed-unreadable')
  async one(@Param() { id }: MessageParams): Promise<QuarantinedMessage> {
    const [item, message] = await Promise.all([
      this.questions.execute(new QuarantinedQuery(this.scope.org, id, this.scope.storeLimit)),
      this.questions.execute(new SealedMessageQuery(this.scope.org, id, this.scope.storeLimit)),
    ])
    if (item === undefined || message === undefined) throw notFound()
    return { ...(await this.itemOf(item)), ...this.texts.readMasked(message) }
  }

  @Post(':id/run-again')
  @Permission('quarantine.write')
  @Audited('quarantine.run-again', 'message:{id}')
  @HttpCode(200)
  @ApiOperation({ summary: 'Process a message in quarantine again', description: 'After a fix. The worker does it.' })
  @ApiOkResponse({ type: RunAgainOutcome })
  @Problems('not-understood', 'not-found', 'sealed-unreadable')
  async runAgain(@Param() { id }: MessageParams): Promise<RunAgainOutcome> {
    const outcome = await this.commands.execute(new RunAgain(id))
    if (outcome === undefined) throw notFound()
    return outcome
  }

  private async itemOf(item: QuarantineEntry): Promise<QuarantineItem> {
    const { messageId, store, channel, receivedAt, reason, detail, attempts } = item
    const nameOf = await this.scope.storeNames()
    return {
      messageId: String(messageId),
      marketplace: await this.texts.marketplaceOf(item),
      store: store === null ? null : nameOf(store),
      channel,
      receivedAt: iso(receivedAt),
      reason: reason as QuarantineReason,
      detail: maskPhones(detail),
      attempts,
    }
  }
}
