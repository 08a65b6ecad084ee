import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger'
import { IsString, Length, Matches, ValidateIf } from 'class-validator'
import { NOTE_LENGTH } from '#teamwork'
import { Optional } from '../input/validation'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const NOT_BLANK = /\S/

/** A change of an assignment names what the person saw: where it is no longer so, nothing is changed. */
export class ChangeAssignmentRequest {
  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: '`assignment.id` of the case as it was shown; null: it was unassigned.',
  })
  @ValidateIf((_, value) => value !== null)
  @Matches(UUID, { message: 'must be the id of an assignment, or null' })
  seen: string | null
}

export class PassOnRequest extends ChangeAssignmentRequest {
  @ApiProperty({ format: 'uuid', description: 'A person of `GET /api/cases/{id}/teamwork`.' })
  @Matches(UUID, { message: 'must be the id of a person' })
  to: string

  @ApiPropertyOptional({ description: 'For the colleague: it becomes a note of the case.' })
  @Optional()
  @IsString()
  @Length(1, NOTE_LENGTH)
  @Matches(NOT_BLANK, { message: 'must not be blank' })
  note?: string
}

export class AddNoteRequest {
  @ApiProperty({ format: 'uuid', description: 'Your own id of the note: sent again with it, it is written once.' })
  @Matches(UUID, { message: 'must be a UUID' })
  id: string

  @ApiProperty({ description: 'Sealed at rest; shown to colleagues only, phone numbers masked.' })
  @IsString()
  @Length(1, NOTE_LENGTH)
  @Matches(NOT_BLANK, { message: 'must not be blank' })
  text: string
}
