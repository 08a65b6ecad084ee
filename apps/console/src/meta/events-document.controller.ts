import { Controller, Get, Header, Inject } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { asyncApiDocument } from '#messaging'
import { Public } from '../security/permission'
import { TOPIC_PREFIX } from '../tokens'

/** What is published to Kafka, for consumers: made from the same registry that messages are validated with. */
@ApiTags('About')
@Controller()
export class EventsDocumentController {
  private readonly document: Readonly<Record<string, unknown>>

  constructor(@Inject(TOPIC_PREFIX) prefix: string | undefined) {
    this.document = asyncApiDocument(prefix === undefined ? {} : { prefix })
  }

  @Get('asyncapi.json')
  @Public()
  @Header('cache-control', 'no-cache')
  @ApiOperation({
    summary: 'Get the description of the Kafka events',
    description: 'Topics, messages and schemas, as an AsyncAPI 3.0 document.',
  })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  describe(): Readonly<Record<string, unknown>> {
    return this.document
  }
}
