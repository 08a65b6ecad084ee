import { ApiSchema } from '@nestjs/swagger'
import type { Status, Turn } from '#after-sale'
import { STATUSES, TURNS } from '#after-sale'
import { Count, InstantField, OneOf, Text, Uuid } from '../openapi/fields'

@ApiSchema({ description: 'The data of `event: case`: which case changed.' })
export class LiveCase {
  @Uuid()
  caseId: string

  @Count({ description: 'The version of the case after the change.' })
  version: number

  @Text({ description: 'The type of the public event.' })
  type: string

  @OneOf(TURNS, 'Turn', { nullable: true })
  turn: Turn | null

  @OneOf(STATUSES, 'Status', { nullable: true })
  status: Status | null
}

@ApiSchema({ description: 'The data of `event: clock`.' })
export class LiveClock {
  @InstantField({ description: 'The server’s time.' })
  now: string
}
