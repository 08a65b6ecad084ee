import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsBoolean, IsDefined } from 'class-validator'
import { Nested, Optional } from '../input/validation'
import { ActionNameField, OutgoingTextField, ShipmentRequest } from './action-parts.request'

/** The actions on parcels, and those that change nothing but time and notes. */

export class ShipExchangeRequest {
  @ActionNameField('ship-exchange')
  name: 'ship-exchange'

  @ApiProperty({ type: ShipmentRequest })
  @IsDefined()
  @Nested(() => ShipmentRequest)
  shipment: ShipmentRequest
}

export class InterceptRequest {
  @ActionNameField('intercept')
  name: 'intercept'

  @ApiProperty({ type: ShipmentRequest })
  @IsDefined()
  @Nested(() => ShipmentRequest)
  shipment: ShipmentRequest
}

export class ConfirmReceiptRequest {
  @ActionNameField('confirm-receipt')
  name: 'confirm-receipt'

  @ApiPropertyOptional({ type: ShipmentRequest })
  @Optional()
  @Nested(() => ShipmentRequest)
  shipment?: ShipmentRequest

  @ApiProperty({ description: 'Whether the goods came back as they should.' })
  @IsBoolean()
  fit: boolean
}

export class ExtendTimeRequest {
  @ActionNameField('extend-time')
  name: 'extend-time'
}

export class CancelSendingRequest {
  @ActionNameField('cancel-sending')
  name: 'cancel-sending'
}

export class AddRemarkRequest {
  @ActionNameField('add-remark')
  name: 'add-remark'

  @OutgoingTextField(1)
  text: string
}
