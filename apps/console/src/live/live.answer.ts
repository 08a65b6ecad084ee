import { ApiSchema } from '@nestjs/swagger'
import type { Status, Turn } from '#after-sale'
import { STATUSES, TURNS } from '#after-sale'
import {
  CountField,
  InstantField,
  EnumField,
  FlagField,
  ObjectListField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'

@ApiSchema({ description: 'The data of `event: case`: which case changed.' })
export class LiveCase {
  @UuidField()
  caseId: string

  @CountField({ description: 'The version of the case after the change.' })
  version: number

  @TextField({ description: 'The type of the public event.' })
  type: string

  @EnumField(TURNS, 'Turn', { nullable: true })
  turn: Turn | null

  @EnumField(STATUSES, 'Status', { nullable: true })
  status: Status | null
}

@ApiSchema({ description: 'The data of `event: teamwork`: an assignment or a note of a case changed.' })
export class LiveTeamwork {
  @UuidField({ nullable: true, description: 'Null: it is not known which; some changes may have been missed.' })
  caseId: string | null
}

export class LivePresentPerson {
  @UuidField({ description: 'Of `GET /api/colleagues`.' })
  id: string

  @FlagField({ description: 'Whether the person has typed something in the last seconds.' })
  typing: boolean
}

@ApiSchema({
  description: 'The data of `event: presence`: all people who have the case open now, the caller included.',
})
export class LivePresence {
  @UuidField()
  caseId: string

  @ObjectListField(() => LivePresentPerson)
  people: LivePresentPerson[]
}

@ApiSchema({ description: 'The data of `event: clock`.' })
export class LiveClock {
  @InstantField({ description: 'The server’s time.' })
  now: string
}
