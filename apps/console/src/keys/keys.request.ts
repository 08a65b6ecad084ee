import { ApiProperty } from '@nestjs/swagger'
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  ValidateIf,
} from 'class-validator'
import type { Permission } from '#access'
import { PERMISSIONS } from '#access'
import { AsInstant } from '../input/validation'

export class CreateKeyRequest {
  @ApiProperty({ description: 'What the key is for.' })
  @IsString()
  @Length(1, 100)
  label: string

  @ApiProperty({
    enum: PERMISSIONS,
    enumName: 'Permission',
    isArray: true,
    description: 'At most those of the caller.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PERMISSIONS.length)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true, message: 'must be permissions' })
  permissions: Permission[]

  @ApiProperty({ type: [String], nullable: true, description: 'Numbers of stores; null: all that the caller may see.' })
  @ValidateIf((_, value) => value !== null)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @Matches(/^\d{1,9}$/, { each: true, message: 'must be numbers of stores' })
  stores: string[] | null

  @ApiProperty({ type: String, format: 'date-time', description: 'At most a year away.' })
  @AsInstant()
  @IsInt({ message: 'must be an ISO 8601 time with its zone, e.g. 2026-11-22T10:00:00Z' })
  expiresAt: number
}

export class KeyParams {
  @ApiProperty({ description: 'The id of the key: the part of it that is no secret.', pattern: '^[0-9a-f]{16}$' })
  @Matches(/^[0-9a-f]{16}$/, { message: 'must be the id of a key' })
  id: string
}
