import { ApiProperty } from '@nestjs/swagger'
import { IsString, Length } from 'class-validator'

export class RenameRequest {
  @ApiProperty({ description: 'The name that colleagues see.' })
  @IsString()
  @Length(1, 100)
  displayName: string
}

export class ChangePasswordRequest {
  @ApiProperty({ format: 'password', description: 'Empty for a person without one.' })
  @IsString()
  @Length(0, 1_000)
  current: string

  @ApiProperty({ format: 'password', description: 'At least 12 characters.' })
  @IsString()
  @Length(1, 1_000)
  next: string
}

export class ConfirmCodeRequest {
  @ApiProperty({ description: 'Six digits that the app shows.' })
  @IsString()
  @Length(1, 40)
  code: string
}
