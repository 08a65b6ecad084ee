import { ApiSchema } from '@nestjs/swagger'
import type { TaskReason } from '#after-sale'
import { TASK_REASONS } from '#after-sale'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'
import { TermAnswer } from '../openapi/term.answer'
import { ActionAnswer } from './action.answer'

@ApiSchema({ name: 'Task', description: 'Something that a person must attend to because of an action.' })
export class TaskAnswer {
  @UuidField()
  caseId: string

  @TextField()
  caseNumber: string

  @TextField()
  marketplace: string

  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @EnumField(TASK_REASONS, 'TaskReason')
  reason: TaskReason

  @ObjectField(() => TermAnswer)
  reasonText: TermAnswer

  @InstantField()
  due: string

  @FlagField({ description: 'Nothing was sent yet: the action can be withdrawn.' })
  canBeWithdrawn: boolean

  @ObjectField(() => ActionAnswer)
  action: ActionAnswer
}

export class TaskPage {
  @InstantField()
  now: string

  @ObjectListField(() => TaskAnswer)
  items: TaskAnswer[]

  @TextField({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}
