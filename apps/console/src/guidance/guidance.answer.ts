import { ApiSchema } from '@nestjs/swagger'
import type { DeadlineSource, Payer, PaymentMethod, ReasonClass, RuleId, Truth } from '#after-sale'
import { PAYERS, PAYMENT_METHODS, REASON_CLASSES, SOURCES, TRUTHS } from '#after-sale'
import {
  CountField,
  FenField,
  FlagField,
  ObjectListField,
  MillisecondsField,
  ObjectField,
  EnumField,
  TextField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'
import { CaseRow } from '../queue/queue.answer'

@ApiSchema({ name: 'Advice', description: 'One sentence for the person who handles the case.' })
export class AdviceAnswer extends TermAnswer {
  @TextField({ description: 'The trade rule behind it.', example: 'R122' })
  rule: RuleId
}

@ApiSchema({ name: 'FreightCheck' })
export class FreightCheckAnswer {
  @EnumField(TRUTHS, 'Truth', { description: 'Whether a person must check if freight is to be refunded.' })
  wanted: Truth

  @FenField({ required: false, description: 'The freight that is in the application, fen.' })
  told?: number

  @TextField()
  rule: RuleId
}

@ApiSchema({ description: 'Who bears the freight (R119–R123); a way that the rules do not settle is absent.' })
export class FreightGuidance {
  @EnumField(PAYERS, 'Payer', { required: false })
  out?: Payer

  @EnumField(PAYERS, 'Payer', { required: false })
  back?: Payer

  @TextField()
  rule: RuleId

  @EnumField(REASON_CLASSES, 'ReasonClass', { required: false })
  reason?: ReasonClass

  @ObjectField(() => FreightCheckAnswer)
  check: FreightCheckAnswer
}

@ApiSchema({ name: 'FreightAllowance', description: 'The platform’s allowance for the way back (R130–R132).' })
export class FreightAllowanceAnswer {
  @MillisecondsField()
  due: number

  @EnumField(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @TextField()
  rule: RuleId

  @EnumField(['platform'])
  payer: 'platform'

  @FenField({ required: false })
  amount?: number

  @FlagField()
  late: boolean
}

@ApiSchema({ name: 'RefundArrival', description: 'When the buyer’s money should arrive (R112–R116).' })
export class RefundArrivalAnswer {
  @EnumField(PAYMENT_METHODS, 'PaymentMethod')
  method: PaymentMethod

  @MillisecondsField()
  earliest: number

  @MillisecondsField()
  due: number

  @EnumField(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @TextField()
  rule: string

  @EnumField(TRUTHS, 'Truth', { description: 'Whether public holidays delay it (R114).' })
  delayed: Truth
}

export class NegotiationStep {
  @EnumField(['start-round', 'reject'], 'NegotiationStepKind')
  step: 'start-round' | 'reject'

  @CountField({ required: false, description: 'Which round would be started.' })
  round?: number

  @MillisecondsField({ description: 'From when on.' })
  due: number

  @EnumField(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @TextField()
  rule: RuleId
}

export class NegotiationGuidance {
  @ObjectField(() => NegotiationStep)
  next: NegotiationStep

  @MillisecondsField({ required: false, description: 'When it must be started at the latest.' })
  latestStart?: number
}

@ApiSchema({
  name: 'Guidance',
  description:
    'What the trade rules say of a case. Instants are UTC, milliseconds since 1970; what is unknown is absent.',
})
export class GuidanceAnswer {
  @ObjectListField(() => AdviceAnswer, { description: 'The most pressing first.' })
  advice: readonly AdviceAnswer[]

  @ObjectField(() => FreightGuidance)
  freight: FreightGuidance

  @EnumField(TRUTHS, 'Truth', { description: 'Whether the return was insured when it was applied for (R129).' })
  insured: Truth

  @ObjectField(() => FreightAllowanceAnswer, { required: false })
  allowance?: FreightAllowanceAnswer

  @ObjectListField(() => RefundArrivalAnswer, {
    description: 'One where the payment method is known, else one for each.',
  })
  arrivals: readonly RefundArrivalAnswer[]

  @EnumField(TRUTHS, 'Truth', { required: false, description: 'Whether the group of the order has formed (R109).' })
  group?: Truth

  @ObjectField(() => NegotiationGuidance, { required: false, description: 'Where the decision is ours (R048–R055).' })
  negotiation?: NegotiationGuidance

  @FlagField({ required: false, description: 'Whether the platform’s customer service is open (R043, R104).' })
  supportOpen?: boolean
}

export class FreightToCheckPage {
  @ObjectListField(() => CaseRow)
  items: CaseRow[]

  @CountField({ description: 'How many cases were looked through for this page.' })
  looked: number

  @TextField({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}
