import { ApiSchema } from '@nestjs/swagger'
import type { DeadlineSource, StoreTerms, StoreTermsDocument } from '#after-sale'
import { SOURCES } from '#after-sale'
import { Count, Document, Flag, InstantField, Milliseconds, One, OneOf, Text } from '../openapi/fields'

@ApiSchema({ name: 'FreightInsurance', description: 'Until when the store is insured (R129).' })
export class FreightInsuranceAnswer {
  @Milliseconds({ description: 'UTC, milliseconds since 1970.' })
  due: number

  @OneOf(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @Text({ example: 'R129' })
  rule: string

  @Flag({ description: 'The time is over: returns of now are not insured.' })
  lapsed: boolean
}

@ApiSchema({ name: 'StoreTerms', description: 'What policies need to know of a store.' })
export class StoreTermsAnswer {
  @Count({ description: 'To be sent as `after` with a change; 0: nothing was set yet.' })
  version: number

  @Document({ description: 'What the merchant set.' })
  document: StoreTermsDocument

  @Document({ description: 'What counts: the document over the defaults.' })
  counts: StoreTerms

  @One(() => FreightInsuranceAnswer, { nullable: true, description: 'Null: no insurance is known.' })
  freightInsurance: FreightInsuranceAnswer | null

  @InstantField({ nullable: true })
  changedAt: string | null

  @Text({ nullable: true })
  changedBy: string | null
}

export class StoreTermsVersion {
  @Count()
  version: number
}
