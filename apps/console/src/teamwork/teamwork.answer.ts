import { ApiSchema } from '@nestjs/swagger'
import {
  FlagField,
  InstantField,
  ObjectField,
  ObjectListField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'

@ApiSchema({ description: 'A person of the organisation.' })
export class ColleagueAnswer {
  @UuidField()
  id: string

  @TextField()
  name: string
}

@ApiSchema({ description: 'A person who may see the store of the case.' })
export class CaseColleagueAnswer extends ColleagueAnswer {
  @FlagField({ description: 'Whether the case can be passed on to them: their role may act on cases.' })
  mayTake: boolean
}

@ApiSchema({ description: 'Who has taken the case. Others can still act.' })
export class AssignmentAnswer {
  @UuidField({ description: 'New with each assignment: `seen` of the next change.' })
  id: string

  @ObjectField(() => ColleagueAnswer)
  assignee: ColleagueAnswer

  @ObjectField(() => ColleagueAnswer, { description: 'Who took it, or passed it on.' })
  by: ColleagueAnswer

  @InstantField()
  at: string
}

export class NoteAnswer {
  @UuidField()
  id: string

  @ObjectField(() => ColleagueAnswer)
  author: ColleagueAnswer

  @ObjectField(() => ColleagueAnswer, { nullable: true, description: 'The case was passed on to them with it.' })
  passedTo: ColleagueAnswer | null

  @InstantField()
  at: string

  @TextField({ nullable: true, description: 'Phone numbers masked; null: erased.' })
  text: string | null
}

@ApiSchema({ description: 'What colleagues agreed and wrote about a case. Nothing of it goes to the marketplace.' })
export class TeamworkAnswer {
  @ObjectField(() => AssignmentAnswer, { nullable: true, description: 'Null: unassigned.' })
  assignment: AssignmentAnswer | null

  @ObjectListField(() => NoteAnswer, { description: 'Newest first.' })
  notes: NoteAnswer[]

  @ObjectListField(() => CaseColleagueAnswer)
  colleagues: CaseColleagueAnswer[]
}

export class AssignmentChanged {
  @ObjectField(() => AssignmentAnswer, { nullable: true })
  assignment: AssignmentAnswer | null

  @FlagField({ description: 'False: it was so already.' })
  changed: boolean
}

export class ColleagueList {
  @ObjectListField(() => ColleagueAnswer)
  items: ColleagueAnswer[]
}
