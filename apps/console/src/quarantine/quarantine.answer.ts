import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
} from '../openapi/field-decorators'

const REASONS = ['unintelligible', 'unknown-store', 'not-accepted', 'failed'] as const

export type QuarantineReason = (typeof REASONS)[number]

@ApiSchema({ description: 'A message that could not be understood.' })
export class QuarantineItem {
  @TextField()
  messageId: string

  @TextField({ nullable: true })
  marketplace: string | null

  @ObjectField(() => StoreNameAnswer, { nullable: true })
  store: StoreNameAnswer | null

  @TextField()
  channel: string

  @InstantField()
  receivedAt: string

  @EnumField(REASONS, 'QuarantineReason')
  reason: QuarantineReason

  @TextField()
  detail: string

  @CountField({ description: 'How often it was tried.' })
  attempts: number
}

export class QuarantinedMessage extends QuarantineItem {
  @CountField({ description: 'The length of the whole message.' })
  bytes: number

  @TextField({ description: 'With names, phones and addresses masked; long messages are cut.' })
  text: string
}

export class QuarantinePage {
  @ObjectListField(() => QuarantineItem)
  items: QuarantineItem[]

  @TextField({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}

const OUTCOMES = ['observed', 'must-read', 'irrelevant', 'quarantined'] as const

export class RunAgainOutcome {
  @EnumField(OUTCOMES, 'RunAgainResult', {
    description: 'Understood, understood as a hint to read the case, of no interest, or still in quarantine.',
  })
  outcome: (typeof OUTCOMES)[number]

  @TextField()
  detail: string
}
