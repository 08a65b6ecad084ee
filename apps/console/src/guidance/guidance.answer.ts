import { ApiSchema } from '@nestjs/swagger'
import type { DeadlineSource, Payer, PaymentMethod, ReasonClass, RuleId, Truth } from '#after-sale'
import { PAYERS, PAYMENT_METHODS, REASON_CLASSES, SOURCES, TRUTHS } from '#after-sale'
import { Count, Fen, Flag, Many, Milliseconds, One, OneOf, Text } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'
import { CaseRow } from '../queue/queue.answer'

@ApiSchema({ name: 'Advice', description: 'One sentence for the person who handles the case.' })
export class AdviceAnswer extends TermAnswer {
  @Text({ description: 'The trade rule behind it.', example: 'R122' })
  rule: RuleId
}

@ApiSchema({ name: 'FreightCheck' })
export class FreightCheckAnswer {
  @OneOf(TRUTHS, 'Truth', { description: 'Whether a person must check if freight is to be refunded.' })
  wanted: Truth

  @Fen({ required: false, description: 'The freight that is in the application, fen.' })
  told?: number

  @Text()
  rule: RuleId
}

@ApiSchema({ description: 'Who bears the freight (R119–R123); a way that the rules do not settle is absent.' })
export class FreightGuidance {
  @OneOf(PAYERS, 'Payer', { required: false })
  out?: Payer

  @OneOf(PAYERS, 'Payer', { required: false })
  back?: Payer

  @Text()
  rule: RuleId

  @OneOf(REASON_CLASSES, 'ReasonClass', { required: false })
  reason?: ReasonClass

  @One(() => FreightCheckAnswer)
  check: FreightCheckAnswer
}

@ApiSchema({ name: 'FreightAllowance', description: 'The platform’s allowance for the way back (R130–R132).' })
export class FreightAllowanceAnswer {
  @Milliseconds()
  due: number

  @OneOf(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @Text()
  rule: RuleId

  @OneOf(['platform'])
  payer: 'platform'

  @Fen({ required: false })
  amount?: number

  @Flag()
  late: boolean
}

@ApiSchema({ name: 'RefundArrival', description: 'When the buyer’s money should arrive (R112–R116).' })
export class RefundArrivalAnswer {
  @OneOf(PAYMENT_METHODS, 'PaymentMethod')
  method: PaymentMethod

  @Milliseconds()
  earliest: number

  @Milliseconds()
  due: number

  @OneOf(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @Text()
  rule: string

  @OneOf(TRUTHS, 'Truth', { description: 'Whether public holidays delay it (R114).' })
  delayed: Truth
}

export class NegotiationStep {
  @OneOf(['start-round', 'reject'], 'NegotiationStepKind')
  step: 'start-round' | 'reject'

  @Count({ required: false, description: 'Which round would be started.' })
  round?: number

  @Milliseconds({ description: 'From when on.' })
  due: number

  @OneOf(SOURCES, 'DeadlineSource')
  source: DeadlineSource

  @Text()
  rule: RuleId
}

export class NegotiationGuidance {
  @One(() => NegotiationStep)
  next: NegotiationStep

  @Milliseconds({ required: false, description: 'When it must be started at the latest.' })
  latestStart?: number
}

@ApiSchema({
  name: 'Guidance',
  description:
    'What the trade rules say of a case. Instants are UTC, milliseconds since 1970; what is unknown is absent.',
})
export class GuidanceAnswer {
  @Many(() => AdviceAnswer, { description: 'The most pressing first.' })
  advice: readonly AdviceAnswer[]

  @One(() => FreightGuidance)
  freight: FreightGuidance

  @OneOf(TRUTHS, 'Truth', { description: 'Whether the return was insured when it was applied for (R129).' })
  insured: Truth

  @One(() => FreightAllowanceAnswer, { required: false })
  allowance?: FreightAllowanceAnswer

  @Many(() => RefundArrivalAnswer, { description: 'One where the payment method is known, else one for each.' })
  arrivals: readonly RefundArrivalAnswer[]

  @OneOf(TRUTHS, 'Truth', { required: false, description: 'Whether the group of the order has formed (R109).' })
  group?: Truth

  @One(() => NegotiationGuidance, { required: false, description: 'Where the decision is ours (R048–R055).' })
  negotiation?: NegotiationGuidance

  @Flag({ required: false, description: 'Whether the platform’s customer service is open (R043, R104).' })
  supportOpen?: boolean
}

export class FreightToCheckPage {
  @Many(() => CaseRow)
  items: CaseRow[]

  @Count({ description: 'How many cases were looked through for this page.' })
  looked: number

  @Text({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}
