import { Controller, Get, Header, Inject } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { asyncApiDocument } from '#messaging'
import { PARTS, type ConsoleParts } from '../parts'

/** What is told over Kafka, for those who build on it: the document of the very registry that messages are checked by. */
@ApiTags('meta')
@Controller()
export class EventsDocumentController {
  private readonly document: Readonly<Record<string, unknown>>

  constructor(@Inject(PARTS) { topicPrefix }: ConsoleParts) {
    this.document = asyncApiDocument(topicPrefix === undefined ? {} : { prefix: topicPrefix })
  }

  @Get('asyncapi.json')
  @Header('cache-control', 'no-cache')
  @ApiOperation({ summary: 'Topics and messages of the published language, as an AsyncAPI 3.0 document' })
  @ApiOkResponse({ schema: { type: 'object', description: 'AsyncAPI 3.0' } })
  describe(): Readonly<Record<string, unknown>> {
    return this.document
  }
}
