import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { ArrayMaxSize, ArrayMinSize, IsString, Length, Matches } from 'class-validator'
import { NestedList, Optional } from '../input/validation'
import {
  AppealItemRequest,
  EvidenceListField,
  EvidenceReferenceRequest,
  ActionNameField,
  OutgoingTextField,
} from './action-parts.request'

/** The actions that contradict the buyer or the platform. */

export class RejectRequest {
  @ActionNameField('reject')
  name: 'reject'

  @EvidenceListField()
  evidence: EvidenceReferenceRequest[]

  @ApiPropertyOptional({ description: "The marketplace's code of the reason." })
  @Optional()
  @Matches(/^\w{1,40}$/, { message: 'must be the code of a reason' })
  reasonCode?: string

  @OutgoingTextField()
  reason: string

  @OutgoingTextField()
  explanation: string
}

export class NegotiateRequest {
  @ActionNameField('negotiate')
  name: 'negotiate'

  @EvidenceListField()
  evidence: EvidenceReferenceRequest[]

  @OutgoingTextField()
  text: string

  @ApiProperty({ description: "The marketplace's name of the plan that is offered.", maxLength: 200 })
  @IsString({ message: 'must be a text' })
  @Length(1, 200)
  plan: string
}

export class SubmitEvidenceRequest {
  @ActionNameField('submit-evidence')
  name: 'submit-evidence'

  @EvidenceListField()
  evidence: EvidenceReferenceRequest[]

  @OutgoingTextField()
  text: string
}

export class AnswerWorkOrderRequest {
  @ActionNameField('answer-work-order')
  name: 'answer-work-order'

  @EvidenceListField()
  evidence: EvidenceReferenceRequest[]

  @OutgoingTextField()
  text: string
}

export class RequestInterventionRequest {
  @ActionNameField('request-intervention')
  name: 'request-intervention'

  @EvidenceListField()
  evidence: EvidenceReferenceRequest[]

  @OutgoingTextField()
  text: string
}

export class AppealRequest {
  @ActionNameField('appeal')
  name: 'appeal'

  @EvidenceListField()
  evidence: EvidenceReferenceRequest[]

  @ApiProperty({ type: [AppealItemRequest] })
  @ArrayMinSize(1)
  @ArrayMaxSize(8)
  @NestedList(() => AppealItemRequest)
  items: AppealItemRequest[]
}

export class WithdrawAppealRequest {
  @ActionNameField('withdraw-appeal')
  name: 'withdraw-appeal'
}
