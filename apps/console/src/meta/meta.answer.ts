import { ApiProperty, getSchemaPath } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { InstantField, Many, One, Text } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'

export class OrganisationName {
  @Text({ example: '1' })
  id: string

  @Text({ example: 'Demo' })
  name: string
}

export class MarketplaceName extends TermAnswer {
  @Text({ description: 'As `marketplace` of a case.' })
  id: string
}

export class StoreOfMarketplace extends StoreNameAnswer {
  @Text()
  marketplace: string
}

export class Meta {
  @One(() => OrganisationName)
  organisation: OrganisationName

  @InstantField({ description: 'The server’s time, which deadlines are counted by.' })
  now: string

  @Many(() => MarketplaceName)
  marketplaces: MarketplaceName[]

  @Many(() => StoreOfMarketplace)
  stores: StoreOfMarketplace[]

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { $ref: getSchemaPath(TermAnswer) } },
    description: 'Every code of the API in words: by section, e.g. `statuses`, then by code.',
  })
  glossary: Record<string, Record<string, TermAnswer>>

  @Text({ description: 'To be shown to everyone who uses the console, in both languages.' })
  notice: string
}
