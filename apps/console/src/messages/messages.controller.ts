import { Controller, Get, Param } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { SealedMessageQuery } from '#read-models'
import { problemAnswer, refTo } from '../openapi/answer-schemas'
import { MessageParams } from '../cases/cases.request'
import { MessageText } from './message-text'
import { notFound } from '../problems/problem.filter'
import { iso } from '../queue/case-row'
import { Scope } from '../core/scope'

@ApiTags('messages')
@ApiNotFoundResponse(problemAnswer)
@Controller('api/messages')
export class MessagesController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly texts: MessageText,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'A message as the marketplace sent it, with names, phones and addresses masked' })
  @ApiOkResponse({ schema: refTo('Message') })
  async message(@Param() { id }: MessageParams): Promise<unknown> {
    const message = await this.questions.execute(new SealedMessageQuery(this.scope.org, id))
    if (message === undefined) throw notFound()
    return {
      id: String(message.id),
      channel: message.channel,
      marketplace: await this.texts.marketplaceOf(message),
      receivedAt: iso(message.receivedAt),
      ...this.texts.shown(message),
    }
  }
}
