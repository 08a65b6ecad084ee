import { ApiSchema } from '@nestjs/swagger'
import type { ErasureReason } from '#after-sale'
import { ERASURE_REASONS } from '#after-sale'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  EnumField,
  FlagField,
  InstantField,
  ObjectField,
  ObjectListField,
  TextField,
  UuidField,
} from '../openapi/field-decorators'

@ApiSchema({ name: 'ErasableCase' })
export class ErasableCaseAnswer {
  @UuidField()
  caseId: string

  @TextField()
  caseNumber: string

  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @FlagField({ description: 'Not over yet: its evidence would be lost.' })
  open: boolean

  @FlagField({ description: 'An action is not settled. It has to be settled or withdrawn first.' })
  busy: boolean
}

@ApiSchema({ name: 'Erasure', description: 'A requested erasure, and how far the workers are.' })
export class ErasureAnswer {
  @EnumField(ERASURE_REASONS, 'ErasureReason')
  reason: ErasureReason

  @TextField({ nullable: true, description: 'A login; null: the retention of the store.' })
  requestedBy: string | null

  @InstantField()
  requestedAt: string

  @InstantField({ nullable: true, description: 'Null: not finished.' })
  finishedAt: string | null

  @CountField()
  cases: number

  @CountField({ description: 'Cases that hold nothing of the buyer any more. After the last one the messages follow.' })
  erasedCases: number

  @CountField({ description: 'Bodies of messages erased until now.' })
  messages: number

  @CountField({ description: 'Pieces of evidence deleted until now.' })
  pieces: number

  @CountField({ description: 'Texts of notes erased until now.' })
  notes: number

  @ObjectListField(() => ErasableCaseAnswer, {
    description: 'Cases that hold it up: they are erased once they no longer do.',
  })
  waitsFor: ErasableCaseAnswer[]
}

@ApiSchema({
  name: 'ErasureOverview',
  description: 'What an erasure would cover; or the one that covers the case already.',
})
export class ErasureOverview {
  @ObjectField(() => ErasureAnswer, { nullable: true, description: 'Null: none was requested.' })
  erasure: ErasureAnswer | null

  @ObjectListField(() => ErasableCaseAnswer, {
    description: 'All cases with the same whole phone number, in all stores; empty where an erasure was requested.',
  })
  cases: ErasableCaseAnswer[]

  @CountField({ description: 'Messages that changed these cases; more may name the buyer.' })
  messages: number

  @CountField({ description: 'Pieces of evidence.' })
  pieces: number

  @CountField({ description: 'Notes of colleagues.' })
  notes: number
}
