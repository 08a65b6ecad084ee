import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import {
  CountField,
  FlagField,
  InstantField,
  ObjectListField,
  ObjectField,
  EnumField,
  TextField,
} from '../openapi/field-decorators'

const FRESHNESS = ['fresh', 'behind', 'blind', 'reauthorise', 'paused', 'removed'] as const

@ApiSchema({ name: 'UnprovenWindows', description: 'Windows whose list did not show as many cases as it claims.' })
export class UnprovenWindowsAnswer {
  @CountField()
  windows: number

  @InstantField({ description: 'The beginning of the oldest one.' })
  from: string

  @InstantField({ description: 'Since when it is known to be unproven.' })
  since: string

  @InstantField()
  triedAt: string

  @CountField()
  attempts: number

  @CountField({ nullable: true, description: 'What the list claims; null: it did not say.' })
  claimed: number | null

  @CountField({ description: 'What it showed.' })
  seen: number

  @TextField()
  why: string
}

export class UnreadCases {
  @CountField()
  cases: number

  @InstantField({ nullable: true })
  since: string | null
}

export class MessageConnection {
  @FlagField()
  connected: boolean

  @InstantField()
  since: string
}

@ApiSchema({ name: 'StoreReading', description: 'How far the list of the store was read.' })
export class StoreReadingAnswer {
  @InstantField({ nullable: true, description: 'Changes since then; null: nothing was read yet.' })
  from: string | null

  @InstantField({ nullable: true })
  until: string | null

  @CountField({ description: 'Cases of the store; counted up to 1,000.' })
  cases: number
}

@ApiSchema({ name: 'StoreConnection' })
export class StoreConnectionAnswer {
  @CountField({ description: 'The id of its app.' })
  app: number

  @InstantField({
    nullable: true,
    description: 'When it has to be authorised again; null: the marketplace does not say.',
  })
  authorisedUntil: string | null

  @InstantField({ nullable: true })
  pausedAt: string | null

  @InstantField({ nullable: true })
  removedAt: string | null
}

@ApiSchema({ name: 'StoreFreshness', description: 'How far the cases of a store are proven to be complete.' })
export class StoreFreshnessAnswer {
  @ObjectField(() => StoreNameAnswer)
  store: StoreNameAnswer

  @TextField()
  marketplace: string

  @EnumField(FRESHNESS, 'Freshness')
  state: (typeof FRESHNESS)[number]

  @InstantField({ nullable: true })
  provenUntil: string | null

  @InstantField({ nullable: true })
  lastPushAt: string | null

  @InstantField({ nullable: true })
  lastPullAt: string | null

  @CountField({ description: 'Pushes of the last day.' })
  pushes24h: number

  @CountField({ description: 'Cases that a pull showed before their push came, last day.' })
  late: number

  @CountField({ description: 'Cases that a pull showed and no push, last day.' })
  missing: number

  @CountField({ description: 'Cases that were pushed and that no pull showed, last day.' })
  extra: number

  @TextField({ nullable: true, description: 'Why the last reading failed; null: it did not.' })
  trouble: string | null

  @ObjectField(() => UnprovenWindowsAnswer, { nullable: true, description: 'Null: every window is proven.' })
  unproven: UnprovenWindowsAnswer | null

  @ObjectField(() => UnreadCases, {
    description: 'Cases that the marketplace was asked for several times and did not show.',
  })
  unread: UnreadCases

  @ObjectField(() => MessageConnection, {
    nullable: true,
    description: 'The standing connection; null: the store has none.',
  })
  messages: MessageConnection | null

  @ObjectField(() => StoreReadingAnswer)
  reading: StoreReadingAnswer

  @ObjectField(() => StoreConnectionAnswer)
  connection: StoreConnectionAnswer
}

export class StoreList {
  @InstantField()
  now: string

  @ObjectListField(() => StoreFreshnessAnswer)
  items: StoreFreshnessAnswer[]
}
