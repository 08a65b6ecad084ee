import { ApiProperty } from '@nestjs/swagger'
import { IsBoolean } from 'class-validator'
import { AddressIdField, AmountField, ActionNameField, NoteField, OutgoingTextField } from './action-parts.request'

/** The actions that give the buyer what was asked for, in whole or in part. */

export class ApproveReturnRequest {
  @ActionNameField('approve-return')
  name: 'approve-return'

  @AddressIdField()
  addressId?: string

  @NoteField()
  note?: string
}

export class ApproveRefundRequest {
  @ActionNameField('approve-refund')
  name: 'approve-refund'

  @NoteField()
  note?: string
}

export class ApproveExchangeRequest {
  @ActionNameField('approve-exchange')
  name: 'approve-exchange'

  @AddressIdField()
  addressId?: string
}

export class ApproveResendRequest {
  @ActionNameField('approve-resend')
  name: 'approve-resend'
}

export class ApproveRepairRequest {
  @ActionNameField('approve-repair')
  name: 'approve-repair'

  @AddressIdField()
  addressId?: string

  @ApiProperty({ description: 'Whether the buyer sends the goods back first.' })
  @IsBoolean()
  sendBack: boolean
}

export class ApproveRefusalRequest {
  @ActionNameField('approve-refusal')
  name: 'approve-refusal'
}

export class TurnIntoRefundRequest {
  @ActionNameField('turn-into-refund')
  name: 'turn-into-refund'
}

export class ProposeAmountRequest {
  @ActionNameField('propose-amount')
  name: 'propose-amount'

  @AmountField()
  amount: number

  @OutgoingTextField(1)
  text: string
}

export class SendSmallPaymentRequest {
  @ActionNameField('send-small-payment')
  name: 'send-small-payment'

  @AmountField()
  amount: number

  @OutgoingTextField(1)
  text: string
}
