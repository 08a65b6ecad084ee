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
const REQUEST_CLASSES: { readonly [N in ActionName]: new () => { name: N } } = {
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

const NOT_AN_ACTION = { message: 'must be an action of the glossary' }

/** Declares a field that holds an action: `name` selects the class that documents and validates it. */
export function ActionField(): PropertyDecorator {
  return (target, key) => {
    ApiExtraModels(...Object.values(REQUEST_CLASSES))(target.constructor)
    ApiProperty({
      oneOf: Object.values(REQUEST_CLASSES).map((body) => ({ $ref: getSchemaPath(body) })),
      discriminator: {
        propertyName: 'name',
        mapping: Object.fromEntries(Object.entries(REQUEST_CLASSES).map(([name, body]) => [name, getSchemaPath(body)])),
      },
      description: 'One of the bodies below, by its `name`.',
      example: { name: 'approve-refund' },
    })(target, key)
    IsDefined(NOT_AN_ACTION)(target, key)
    IsObject(NOT_AN_ACTION)(target, key)
    ValidateNested(NOT_AN_ACTION)(target, key)
    Type(() => UnknownAction, {
      discriminator: {
        property: 'name',
        subTypes: Object.entries(REQUEST_CLASSES).map(([name, value]) => ({ name, value })),
      },
      keepDiscriminatorProperty: true,
    })(target, key)
  }
}

/** Validates bodies with an unknown `name`, and refuses them. */
class UnknownAction {
  @IsIn(Object.keys(REQUEST_CLASSES), NOT_AN_ACTION)
  name: string
}
