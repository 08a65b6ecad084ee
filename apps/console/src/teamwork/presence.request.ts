import { ApiProperty } from '@nestjs/swagger'
import { IsIn, Matches } from 'class-validator'
import type { Presence } from '#teamwork'
import { PRESENCES } from '#teamwork'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export class PresenceRequest {
  @ApiProperty({ format: 'uuid' })
  @Matches(UUID, { message: 'must be the id of a case' })
  caseId: string

  @ApiProperty({ format: 'uuid', description: 'Your own id of this page.' })
  @Matches(UUID, { message: 'must be a UUID' })
  view: string

  @ApiProperty({ enum: PRESENCES })
  @IsIn(PRESENCES, { message: `must be one of ${PRESENCES.join(', ')}` })
  doing: Presence
}
