import { ApiSchema } from '@nestjs/swagger'
import { StoreNameAnswer } from '../core/store-name.answer'
import { Count, Flag, InstantField, Many, One, OneOf, Text } from '../openapi/fields'

const FRESHNESS = ['fresh', 'behind', 'blind', 'reauthorise'] as const

@ApiSchema({ name: 'UnprovenWindows', description: 'Windows whose list did not show as many cases as it claims.' })
export class UnprovenWindowsAnswer {
  @Count()
  windows: number

  @InstantField({ description: 'The beginning of the oldest one.' })
  from: string

  @InstantField({ description: 'Since when it is known to be unproven.' })
  since: string

  @InstantField()
  triedAt: string

  @Count()
  attempts: number

  @Count({ nullable: true, description: 'What the list claims; null: it did not say.' })
  claimed: number | null

  @Count({ description: 'What it showed.' })
  seen: number

  @Text()
  why: string
}

export class UnreadCases {
  @Count()
  cases: number

  @InstantField({ nullable: true })
  since: string | null
}

export class MessageConnection {
  @Flag()
  connected: boolean

  @InstantField()
  since: string
}

@ApiSchema({ name: 'StoreFreshness', description: 'How far the cases of a store are proven to be complete.' })
export class StoreFreshnessAnswer {
  @One(() => StoreNameAnswer)
  store: StoreNameAnswer

  @Text()
  marketplace: string

  @OneOf(FRESHNESS, 'Freshness')
  state: (typeof FRESHNESS)[number]

  @InstantField({ nullable: true })
  provenUntil: string | null

  @InstantField({ nullable: true })
  lastPushAt: string | null

  @InstantField({ nullable: true })
  lastPullAt: string | null

  @Count({ description: 'Pushes of the last day.' })
  pushes24h: number

  @Count({ description: 'Cases that a pull showed before their push came, last day.' })
  late: number

  @Count({ description: 'Cases that a pull showed and no push, last day.' })
  missing: number

  @Count({ description: 'Cases that were pushed and that no pull showed, last day.' })
  extra: number

  @Text({ nullable: true, description: 'Why the last reading failed; null: it did not.' })
  trouble: string | null

  @One(() => UnprovenWindowsAnswer, { nullable: true, description: 'Null: every window is proven.' })
  unproven: UnprovenWindowsAnswer | null

  @One(() => UnreadCases, { description: 'Cases that the marketplace was asked for several times and did not show.' })
  unread: UnreadCases

  @One(() => MessageConnection, { nullable: true, description: 'The standing connection; null: the store has none.' })
  messages: MessageConnection | null
}

export class StoreList {
  @InstantField()
  now: string

  @Many(() => StoreFreshnessAnswer)
  items: StoreFreshnessAnswer[]
}
