import { Controller, Get, Param } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { SealedMessageQuery } from '#read-models'
import { Problems } from '../openapi/problems'
import { MessageParams } from '../cases/cases.request'
import { MessageAnswer } from './message.answer'
import { MessageText } from './message-text'
import { notFound } from '../problems/problem.filter'
import { iso } from '../core/instants'
import { Scope } from '../core/scope'
import { Permission } from '../security/permission'

@ApiTags('Messages')
@Controller('api/messages')
export class MessagesController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly texts: MessageText,
  ) {}

  @Get(':id')
  @Permission('messages.read')
  @ApiOperation({
    summary: 'Get a message',
    description: 'As the marketplace sent it, with names, phones and addresses masked.',
  })
  @ApiOkResponse({ type: MessageAnswer })
  @Problems('not-understood', 'not-found', 'sealed-unreadable')
  async message(@Param() { id }: MessageParams): Promise<MessageAnswer> {
    const message = await this.questions.execute(new SealedMessageQuery(this.scope.org, id, this.scope.storeLimit))
    if (message === undefined) throw notFound()
    return {
      id: String(message.id),
      channel: message.channel,
      marketplace: await this.texts.marketplaceOf(message),
      receivedAt: iso(message.receivedAt),
      ...this.texts.readMasked(message),
    }
  }
}
