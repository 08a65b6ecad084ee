import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsBoolean, IsDefined } from 'class-validator'
import { Nested, Optional } from '../input/validation'
import { Named, OutgoingText, ShipmentRequest } from './action-parts.request'

/** The actions on parcels, and those that change nothing but time and notes. */

export class ShipExchangeRequest {
  @Named('ship-exchange')
  name: 'ship-exchange'

  @ApiProperty({ type: ShipmentRequest })
  @IsDefined()
  @Nested(() => ShipmentRequest)
  shipment: ShipmentRequest
}

export class InterceptRequest {
  @Named('intercept')
  name: 'intercept'

  @ApiProperty({ type: ShipmentRequest })
  @IsDefined()
  @Nested(() => ShipmentRequest)
  shipment: ShipmentRequest
}

export class ConfirmReceiptRequest {
  @Named('confirm-receipt')
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
  @Named('extend-time')
  name: 'extend-time'
}

export class CancelSendingRequest {
  @Named('cancel-sending')
  name: 'cancel-sending'
}

export class AddRemarkRequest {
  @Named('add-remark')
  name: 'add-remark'

  @OutgoingText(1)
  text: string
}
