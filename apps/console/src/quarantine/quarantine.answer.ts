import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { Count, InstantField, Many, One, OneOf, Text } from '../openapi/fields'

const REASONS = ['unintelligible', 'unknown-store', 'not-accepted', 'failed'] as const

export type QuarantineReason = (typeof REASONS)[number]

@ApiSchema({ description: 'A message that could not be understood.' })
export class QuarantineItem {
  @Text()
  messageId: string

  @Text({ nullable: true })
  marketplace: string | null

  @One(() => StoreNameAnswer, { nullable: true })
  store: StoreNameAnswer | null

  @Text()
  channel: string

  @InstantField()
  receivedAt: string

  @OneOf(REASONS, 'QuarantineReason')
  reason: QuarantineReason

  @Text()
  detail: string

  @Count({ description: 'How often it was tried.' })
  attempts: number
}

export class QuarantinedMessage extends QuarantineItem {
  @Count({ description: 'The length of the whole message.' })
  bytes: number

  @Text({ description: 'With names, phones and addresses masked; long messages are cut.' })
  text: string
}

export class QuarantinePage {
  @Many(() => QuarantineItem)
  items: QuarantineItem[]

  @Text({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}

const OUTCOMES = ['observed', 'must-read', 'irrelevant', 'quarantined'] as const

export class RunAgainOutcome {
  @OneOf(OUTCOMES, 'RunAgainResult', {
    description: 'Understood, understood as a hint to read the case, of no interest, or still in quarantine.',
  })
  outcome: (typeof OUTCOMES)[number]

  @Text()
  detail: string
}
