import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger'
import { Type } from 'class-transformer'
import { IsDefined, IsIn, IsObject, ValidateNested } from 'class-validator'
import type { ActionName } from '#after-sale'
import {
  ApproveExchangeRequest,
  ApproveRefundRequest,
  ApproveRefusalRequest,
  ApproveRepairRequest,
  ApproveResendRequest,
  ApproveReturnRequest,
  ProposeAmountRequest,
  SendSmallPaymentRequest,
  TurnIntoRefundRequest,
} from './approving.request'
import {
  AnswerWorkOrderRequest,
  AppealRequest,
  NegotiateRequest,
  RejectRequest,
  RequestInterventionRequest,
  SubmitEvidenceRequest,
  WithdrawAppealRequest,
} from './disputing.request'
import {
  AddRemarkRequest,
  CancelSendingRequest,
  ConfirmReceiptRequest,
  ExtendTimeRequest,
  InterceptRequest,
  ShipExchangeRequest,
} from './goods.request'

/** The request class of each action; the type makes an action without one fail to compile. */
const BODIES: { readonly [N in ActionName]: new () => { name: N } } = {
  'approve-return': ApproveReturnRequest,
  'approve-refund': ApproveRefundRequest,
  'approve-exchange': ApproveExchangeRequest,
  'approve-resend': ApproveResendRequest,
  'approve-repair': ApproveRepairRequest,
  'ship-exchange': ShipExchangeRequest,
  reject: RejectRequest,
  'turn-into-refund': TurnIntoRefundRequest,
  'propose-amount': ProposeAmountRequest,
  intercept: InterceptRequest,
  'approve-refusal': ApproveRefusalRequest,
  'send-small-payment': SendSmallPaymentRequest,
  negotiate: NegotiateRequest,
  'submit-evidence': SubmitEvidenceRequest,
  'answer-work-order': AnswerWorkOrderRequest,
  'request-intervention': RequestInterventionRequest,
  appeal: AppealRequest,
  'withdraw-appeal': WithdrawAppealRequest,
  'confirm-receipt': ConfirmReceiptRequest,
  'extend-time': ExtendTimeRequest,
  'add-remark': AddRemarkRequest,
  'cancel-sending': CancelSendingRequest,
}

const NO_ACTION = { message: 'must be an action of the glossary' }

/** Declares a field that holds an action: `name` selects the class that documents and validates it. */
export function ActionField(): PropertyDecorator {
  return (target, key) => {
    ApiExtraModels(...Object.values(BODIES))(target.constructor)
    ApiProperty({
      oneOf: Object.values(BODIES).map((body) => ({ $ref: getSchemaPath(body) })),
      discriminator: {
        propertyName: 'name',
        mapping: Object.fromEntries(Object.entries(BODIES).map(([name, body]) => [name, getSchemaPath(body)])),
      },
      description: 'One of the bodies below, by its `name`.',
      example: { name: 'approve-refund' },
    })(target, key)
    IsDefined(NO_ACTION)(target, key)
    IsObject(NO_ACTION)(target, key)
    ValidateNested(NO_ACTION)(target, key)
    Type(() => UnknownAction, {
      discriminator: { property: 'name', subTypes: Object.entries(BODIES).map(([name, value]) => ({ name, value })) },
      keepDiscriminatorProperty: true,
    })(target, key)
  }
}

/** Validates bodies with an unknown `name`, and refuses them. */
class UnknownAction {
  @IsIn(Object.keys(BODIES), NO_ACTION)
  name: string
}
