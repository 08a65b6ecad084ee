import { ApiSchema } from '@nestjs/swagger'
import type { TaskReason } from '#after-sale'
import { TASK_REASONS } from '#after-sale'
import { StoreNameAnswer } from '../core/store-name.answer'
import { Flag, InstantField, Many, One, OneOf, Text, Uuid } from '../openapi/fields'
import { TermAnswer } from '../openapi/term.answer'
import { ActionAnswer } from './action.answer'

@ApiSchema({ name: 'Task', description: 'Something that a person must attend to because of an action.' })
export class TaskAnswer {
  @Uuid()
  caseId: string

  @Text()
  caseNumber: string

  @Text()
  marketplace: string

  @One(() => StoreNameAnswer)
  store: StoreNameAnswer

  @OneOf(TASK_REASONS, 'TaskReason')
  reason: TaskReason

  @One(() => TermAnswer)
  reasonText: TermAnswer

  @InstantField()
  due: string

  @Flag({ description: 'Nothing was sent yet: the action can be withdrawn.' })
  canBeWithdrawn: boolean

  @One(() => ActionAnswer)
  action: ActionAnswer
}

export class TaskPage {
  @InstantField()
  now: string

  @Many(() => TaskAnswer)
  items: TaskAnswer[]

  @Text({ nullable: true, description: '`cursor` of the next page; null: this is the last one.' })
  next: string | null
}
