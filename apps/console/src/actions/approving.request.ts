import { ApiProperty } from '@nestjs/swagger'
import { IsBoolean } from 'class-validator'
import { AddressId, AmountInFen, Named, Note, OutgoingText } from './action-parts.request'

/** The actions that give the buyer what was asked for, in whole or in part. */

export class ApproveReturnRequest {
  @Named('approve-return')
  name: 'approve-return'

  @AddressId()
  addressId?: string

  @Note()
  note?: string
}

export class ApproveRefundRequest {
  @Named('approve-refund')
  name: 'approve-refund'

  @Note()
  note?: string
}

export class ApproveExchangeRequest {
  @Named('approve-exchange')
  name: 'approve-exchange'

  @AddressId()
  addressId?: string
}

export class ApproveResendRequest {
  @Named('approve-resend')
  name: 'approve-resend'
}

export class ApproveRepairRequest {
  @Named('approve-repair')
  name: 'approve-repair'

  @AddressId()
  addressId?: string

  @ApiProperty({ description: 'Whether the buyer sends the goods back first.' })
  @IsBoolean()
  sendBack: boolean
}

export class ApproveRefusalRequest {
  @Named('approve-refusal')
  name: 'approve-refusal'
}

export class TurnIntoRefundRequest {
  @Named('turn-into-refund')
  name: 'turn-into-refund'
}

export class ProposeAmountRequest {
  @Named('propose-amount')
  name: 'propose-amount'

  @AmountInFen()
  amount: number

  @OutgoingText(1)
  text: string
}

export class SendSmallPaymentRequest {
  @Named('send-small-payment')
  name: 'send-small-payment'

  @AmountInFen()
  amount: number

  @OutgoingText(1)
  text: string
}
