import { ApiPropertyOptional } from '@nestjs/swagger'
import { IsString, Length } from 'class-validator'
import { Optional } from '../input/validation'

/** How a new person is called, where a link leads to a log-in. */
export class NamesRequest {
  @ApiPropertyOptional({ description: 'The login name, where the link presets none.' })
  @Optional()
  @IsString()
  @Length(1, 254)
  login?: string

  @ApiPropertyOptional({ description: 'The name that colleagues see.' })
  @Optional()
  @IsString()
  @Length(1, 100)
  displayName?: string
}
