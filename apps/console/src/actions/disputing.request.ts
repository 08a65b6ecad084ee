import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { ArrayMaxSize, ArrayMinSize, IsString, Length, Matches } from 'class-validator'
import { NestedList, Optional } from '../input/validation'
import { AppealItemRequest, EvidenceList, EvidenceReferenceRequest, Named, OutgoingText } from './action-parts.request'

/** The actions that contradict the buyer or the platform. */

export class RejectRequest {
  @Named('reject')
  name: 'reject'

  @EvidenceList()
  evidence: EvidenceReferenceRequest[]

  @ApiPropertyOptional({ description: "The marketplace's code of the reason." })
  @Optional()
  @Matches(/^\w{1,40}$/, { message: 'must be the code of a reason' })
  reasonCode?: string

  @OutgoingText()
  reason: string

  @OutgoingText()
  explanation: string
}

export class NegotiateRequest {
  @Named('negotiate')
  name: 'negotiate'

  @EvidenceList()
  evidence: EvidenceReferenceRequest[]

  @OutgoingText()
  text: string

  @ApiProperty({ description: "The marketplace's name of the plan that is offered.", maxLength: 200 })
  @IsString({ message: 'must be a text' })
  @Length(1, 200)
  plan: string
}

export class SubmitEvidenceRequest {
  @Named('submit-evidence')
  name: 'submit-evidence'

  @EvidenceList()
  evidence: EvidenceReferenceRequest[]

  @OutgoingText()
  text: string
}

export class AnswerWorkOrderRequest {
  @Named('answer-work-order')
  name: 'answer-work-order'

  @EvidenceList()
  evidence: EvidenceReferenceRequest[]

  @OutgoingText()
  text: string
}

export class RequestInterventionRequest {
  @Named('request-intervention')
  name: 'request-intervention'

  @EvidenceList()
  evidence: EvidenceReferenceRequest[]

  @OutgoingText()
  text: string
}

export class AppealRequest {
  @Named('appeal')
  name: 'appeal'

  @EvidenceList()
  evidence: EvidenceReferenceRequest[]

  @ApiProperty({ type: [AppealItemRequest] })
  @ArrayMinSize(1)
  @ArrayMaxSize(8)
  @NestedList(() => AppealItemRequest)
  items: AppealItemRequest[]
}

export class WithdrawAppealRequest {
  @Named('withdraw-appeal')
  name: 'withdraw-appeal'
}
