import { ApiProperty, getSchemaPath } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { InstantField, ObjectListField, ObjectField, TextField } from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'

export class OrganisationName {
  @TextField({ example: '1' })
  id: string

  @TextField({ example: 'Demo' })
  name: string
}

export class MarketplaceName extends TermAnswer {
  @TextField({ description: 'As `marketplace` of a case.' })
  id: string
}

export class StoreOfMarketplace extends StoreNameAnswer {
  @TextField()
  marketplace: string
}

export class Meta {
  @ObjectField(() => OrganisationName)
  organisation: OrganisationName

  @InstantField({ description: 'The server’s time, which deadlines are counted by.' })
  now: string

  @ObjectListField(() => MarketplaceName)
  marketplaces: MarketplaceName[]

  @ObjectListField(() => StoreOfMarketplace)
  stores: StoreOfMarketplace[]

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: { $ref: getSchemaPath(TermAnswer) } },
    description: 'Every code of the API in words: by section, e.g. `statuses`, then by code.',
  })
  glossary: Record<string, Record<string, TermAnswer>>

  @TextField({ description: 'To be shown to everyone who uses the console, in both languages.' })
  notice: string
}
