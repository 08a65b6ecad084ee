import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator'
import type { Role } from '#access'
import { ROLES } from '#access'
import { Optional } from '../input/validation'

const NOT_STORE_IDS = { each: true, message: 'must be numbers of stores' }

export class RightsRequest {
  @ApiProperty({ enum: ROLES, enumName: 'Role' })
  @IsIn(ROLES, { message: `must be one of ${ROLES.join(', ')}` })
  role: Role

  @ApiProperty({
    type: [String],
    nullable: true,
    description: 'Numbers of stores; null: all, those of the future too.',
  })
  @ValidateIf((_, value) => value !== null)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @Matches(/^\d{1,9}$/, NOT_STORE_IDS)
  stores: string[] | null
}

export class InviteRequest extends RightsRequest {
  @ApiPropertyOptional({ description: 'The login name; the person chooses one if absent.' })
  @Optional()
  @IsString()
  @Length(1, 254)
  login?: string
}

export class PersonParams {
  @ApiProperty({ format: 'uuid' })
  @Matches(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { message: 'must be a UUID' })
  id: string
}
