import { ApiSchema } from '@nestjs/swagger'
import type { DeadlineSource, StoreTerms, StoreTermsDocument } from '#after-sale'
import { SOURCES } from '#after-sale'
import {
  CountField,
  JsonField,
  FlagField,
  InstantField,
  MillisecondsField,
  ObjectField,
  EnumField,
  TextField,
} from '../openapi/field-decorators'

@ApiSchema({ name: 'FreightInsurance', description: 'Until when the store is insured (R129).' })
export class FreightInsuranceAnswer {
  @MillisecondsField({ description: 'UTC, milliseconds since 1970.' })
  due: number

  @EnumField(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @TextField({ example: 'R129' })
  rule: string

  @FlagField({ description: 'The time is over: returns of now are not insured.' })
  lapsed: boolean
}

@ApiSchema({ name: 'StoreTerms', description: 'What policies need to know of a store.' })
export class StoreTermsAnswer {
  @CountField({ description: 'To be sent as `after` with a change; 0: nothing was set yet.' })
  version: number

  @JsonField({ description: 'What the merchant set.' })
  document: StoreTermsDocument

  @JsonField({ description: 'What counts: the document over the defaults.' })
  counts: StoreTerms

  @ObjectField(() => FreightInsuranceAnswer, { nullable: true, description: 'Null: no insurance is known.' })
  freightInsurance: FreightInsuranceAnswer | null

  @InstantField({ nullable: true })
  changedAt: string | null

  @TextField({ nullable: true })
  changedBy: string | null
}

export class StoreTermsVersion {
  @CountField()
  version: number
}
